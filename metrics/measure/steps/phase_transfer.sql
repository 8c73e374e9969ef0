-- One row per EHC plan and day by which it had to name the school or college of the next phase, as
-- the latest return that tells it, once that day was over.
select plan_id, person_id, transfer_due, transfer_final, primary_need,
    case
        when extract(month from transfer_due) <= 2 then 'Into or between schools'
        else 'From school to post-16'
    end as transfer
from (
    select plan_id, person_id, transfer_due, transfer_final, primary_need, snapshot_date,
        row_number() over (
            partition by plan_id, transfer_due order by snapshot_date desc
        ) as choice
    from live_ehc_plan
    where transfer_due is not null
) ranked
where choice = 1 and transfer_due <= snapshot_date
