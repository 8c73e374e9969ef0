-- One row per first EHC plan issued, with the days from request to plan; as the latest return that
-- has the assessment tells it. The need is the one the plan first named.
select a.assessment_id, a.person_id, r.received_date, a.outcome_date as issued_date,
    coalesce(a.exception, false) as exception,
    date_diff('day', r.received_date, a.outcome_date) as days, n.primary_need,
    case
        when n.primary_need = 'SEMH' then 'Social, emotional and mental health'
        when n.primary_need is null then 'Not known'
        else 'Other needs'
    end as need
from (
    select assessment_id, request_id, person_id, outcome, outcome_date, exception,
        row_number() over (partition by assessment_id order by snapshot_date desc) as choice
    from live_ehc_assessment
) a
join latest_request r on r.request_id = a.request_id
left join (
    select request_id, max(primary_need) as primary_need
    from (
        select request_id, primary_need,
            row_number() over (partition by request_id order by snapshot_date, plan_id) as choice
        from live_ehc_plan
        where request_id is not null and primary_need is not null
    ) first_plan
    where choice = 1
    group by request_id
) n on n.request_id = a.request_id
where a.choice = 1 and a.outcome = 'Y' and r.received_date is not null
