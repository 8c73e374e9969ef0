-- One row per single place commissioned at provision in the borough, key stage and term.
select p.provision_id, p.locality, p.designation, p.period_end, p.key_stage
from place_commissioned p
join (
    select row_number() over (order by day) as place
    from calendar_day
) n on n.place <= p.places
