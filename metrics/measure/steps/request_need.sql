-- One row per request for an EHC needs assessment of which the day received is known, with the need
-- the school recorded in that school year; SEMH only where it was the primary need.
select r.request_id, r.person_id, r.received_date, r.outcome, r.outcome_date,
    coalesce(k.sen_provision in ('K', 'E') and k.primary_need = 'SEMH', false) as semh
from latest_request r
left join known_pupil k on k.person_id = r.person_id
    and k.academic_year = extract(year from r.received_date)
        - case when extract(month from r.received_date) < 9 then 1 else 0 end
where r.received_date is not null
