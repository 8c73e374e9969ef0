-- One row per accepted referral closed at least a year before the last referral on record, and
-- whether the child was referred again within 365 days of the closure.
select c.referral_id, c.person_id, c.discharge_date, c.lsoa, c.age_at_referral, c.sex,
    max(case when n.referral_id is not null then 1 else 0 end) as again
from closed_referral c
join (select max(received_date) as day from camhs_referral) l
    on date_diff('day', c.discharge_date, l.day) >= 365
left join camhs_referral n on n.person_id = c.person_id and n.referral_id <> c.referral_id
    and n.received_date > c.discharge_date
    and date_diff('day', c.discharge_date, n.received_date) <= 365
group by c.referral_id, c.person_id, c.discharge_date, c.lsoa, c.age_at_referral, c.sex
