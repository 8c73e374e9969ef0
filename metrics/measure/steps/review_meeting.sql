-- One row per annual review meeting of a plan of which the four weeks were over on the day of the
-- latest return that tells it, or the decision was sent, with the days from meeting to decision.
select plan_id, person_id, review_meeting, review_decision, primary_need,
    date_diff('day', review_meeting, review_decision) as days
from (
    select plan_id, person_id, review_meeting, primary_need, snapshot_date,
        case when review_decision >= review_meeting then review_decision end as review_decision,
        row_number() over (
            partition by plan_id, review_meeting order by snapshot_date desc
        ) as choice
    from live_ehc_plan
    where review_meeting is not null and review_meeting <= snapshot_date
) ranked
where choice = 1
    and (review_decision is not null or date_diff('day', review_meeting, snapshot_date) > 28)
