-- One row per EHC plan that ended, with why, as the latest return tells it, and its primary need
-- as last recorded.
select c.plan_id, c.person_id, c.cease_date, c.cease_reason, n.primary_need,
    coalesce(n.primary_need = 'SEMH', false) as semh,
    case c.cease_reason
        when '1' then 'Reached maximum age' when '2' then 'Needs met without a plan'
        when '3' then 'Moved on to higher education' when '4' then 'Moved on to paid employment'
        when '5' then 'Transferred to another English authority'
        when '6' then 'No longer engages in education' when '7' then 'Moved outside England'
        when '8' then 'Deceased' when '9' then 'Other' else 'Not known'
    end as reason
from (
    select plan_id, person_id, cease_date, cease_reason,
        row_number() over (partition by plan_id order by snapshot_date desc) as choice
    from live_ehc_plan
) c
left join (
    select plan_id, primary_need,
        row_number() over (partition by plan_id order by snapshot_date desc) as choice
    from live_ehc_plan
    where primary_need is not null
) n on n.plan_id = c.plan_id and n.choice = 1
where c.choice = 1 and c.cease_date is not null
