-- One row per referral with the day it stopped waiting: first attended contact, discharge or
-- refusal, whichever came first (empty while it waits).
select r.referral_id, r.person_id, r.received_date, r.lsoa, r.age_at_referral, r.pathway,
    case r.sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex,
    least(
        coalesce(f.first_contact_date, r.discharge_date, r.rejection_date),
        coalesce(r.discharge_date, r.rejection_date, f.first_contact_date),
        coalesce(r.rejection_date, f.first_contact_date, r.discharge_date)
    ) as until_date
from camhs_referral r
left join camhs_first_contact f on f.referral_id = r.referral_id
