-- One row per spell of support given to a child outside CAMHS, with what the register says of that
-- kind of support and the academic year it began in.
select i.delivery_id, i.person_id, i.urn, i.start_date, i.end_date, i.cost, i.completed, i.tool,
    i.score_before, i.score_after, coalesce(r.name, 'Not in the register') as intervention,
    coalesce(r.evidence_rating, 'not in the register') as evidence,
    coalesce(r.response_level, 'not in the register') as response_level,
    extract(year from i.start_date)
        - case when extract(month from i.start_date) < 9 then 1 else 0 end as academic_year
from live_intervention i
left join live_intervention_register r on r.intervention_id = i.intervention_id
