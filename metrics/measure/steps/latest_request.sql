-- One row per request for an EHC needs assessment, as the latest return that has it tells it.
select request_id, person_id, received_date, outcome, outcome_date
from (
    select request_id, person_id, received_date, outcome, outcome_date,
        row_number() over (partition by request_id order by snapshot_date desc) as choice
    from live_ehc_request
) ranked
where choice = 1
