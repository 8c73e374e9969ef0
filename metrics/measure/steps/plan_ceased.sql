-- One row per EHC plan that ceased, with the day, the reason, and whether its primary need was SEMH;
-- as the latest return that has the plan's end tells it.
select plan_id, person_id, cease_date, cease_reason,
    case cease_reason
        when '1' then 'Reached maximum age' when '2' then 'Needs met without a plan'
        when '3' then 'Higher education' when '4' then 'Employment'
        when '5' then 'Moved to another authority' when '6' then 'No longer engages'
        when '7' then 'Left England' when '8' then 'Deceased' else 'Other or not known'
    end as reason,
    coalesce(primary_need = 'SEMH', false) as semh
from (
    select plan_id, person_id, cease_date, cease_reason, primary_need,
        row_number() over (partition by plan_id order by snapshot_date desc) as choice
    from live_ehc_plan
    where cease_date is not null
) ranked
where choice = 1
