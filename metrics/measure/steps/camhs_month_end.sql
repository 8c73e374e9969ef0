-- One row per referral and month end at which it was waiting for a first attended contact, with the
-- days waited so far; to the month of the last referral on record.
select d.day, w.referral_id, w.person_id, w.lsoa, w.age_at_referral, w.sex, w.pathway,
    date_diff('day', w.received_date, d.day) as days
from camhs_waiting w
join calendar_day d on d.day = d.month_end and d.day >= w.received_date
    and (w.until_date is null or d.day < w.until_date)
    and d.month_start <= (select max(received_date) from camhs_referral)
