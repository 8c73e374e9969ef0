-- One row per referral to CAMHS of a child who is linked, with the day it ended.
select k.person_id, r.referral_id, r.received_date,
    coalesce(r.discharge_date, r.rejection_date) as ended_date
from camhs_referral r
join linked_child k on k.health_person_id = r.person_id
