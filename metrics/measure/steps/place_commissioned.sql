-- One row per provision in the borough, key stage and term: places commissioned.
select v.provision_id, v.urn, v.locality, v.designation, v.establishment, c.period_start,
    c.period_end, c.places,
    case c.key_stage
        when 'EY' then 'Early years' when 'KS1' then 'Key stage 1' when 'KS2' then 'Key stage 2'
        when 'KS3' then 'Key stage 3' when 'KS4' then 'Key stage 4' when 'KS5' then 'Post-16'
        else 'All ages of the provision'
    end as key_stage
from provision v
join provision_places c on c.provision_id = v.provision_id
where v.in_borough
