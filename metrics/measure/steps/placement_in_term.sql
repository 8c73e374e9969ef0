-- One row per placement under way on the last day of a term, with the distance from home in miles
-- where the register has it.
select d.day as on_date, p.person_id, p.provider_id, p.primary_need, p.distance_miles,
    case when p.in_borough then 'In the borough' else 'Outside the borough' end as place
from live_placement_cost p
join calendar_day d on d.day = d.term_end and d.day >= p.start_date
    and (p.end_date is null or d.day <= p.end_date)
