-- One row per pupil on the roll of alternative provision at a January census, with the reason the
-- provision gave.
select census_date, person_id, urn, reason as reason_code,
    case reason
        when 'PEX' then 'Permanent exclusion' when 'EHC' then 'Named on an EHC plan'
        when 'MHN' then 'Mental health' when 'PHN' then 'Physical health'
        when 'NEW' then 'New to the area' else 'Other'
    end as reason
from (
    select census_date, person_id, urn, reason,
        row_number() over (partition by person_id, census_date order by urn) as choice
    from live_ap_census
    where on_roll
) ranked
where choice = 1
