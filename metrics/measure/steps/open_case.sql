-- One row per request for an EHC needs assessment still without an outcome on the day of a return,
-- with the days since it was received, and whether the school had recorded SEMH as primary need.
select q.snapshot_date, q.request_id, q.person_id,
    date_diff('day', q.received_date, q.snapshot_date) as days,
    coalesce(k.sen_provision in ('K', 'E') and k.primary_need = 'SEMH', false) as semh
from live_ehc_request q
left join live_ehc_assessment a on a.request_id = q.request_id
    and a.snapshot_date = q.snapshot_date
left join known_pupil k on k.person_id = q.person_id
    and k.academic_year = extract(year from q.snapshot_date) - 1
where q.received_date is not null and q.received_date <= q.snapshot_date
    and (q.outcome = 'A' or (q.outcome = 'Y' and coalesce(a.outcome, 'A') = 'A'))
