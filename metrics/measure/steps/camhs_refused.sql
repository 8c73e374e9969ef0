-- One row per refused referral at least a year before the last referral on record, and whether the
-- child was referred again within 365 days of the refusal.
select r.referral_id, r.person_id, r.rejection_date, r.lsoa, r.age_at_referral,
    case r.sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex,
    max(case when n.referral_id is not null then 1 else 0 end) as again
from camhs_referral r
join (select max(received_date) as day from camhs_referral) l
    on date_diff('day', r.rejection_date, l.day) >= 365
left join camhs_referral n on n.person_id = r.person_id and n.referral_id <> r.referral_id
    and n.received_date > r.rejection_date
    and date_diff('day', r.rejection_date, n.received_date) <= 365
where r.rejection_date is not null
group by r.referral_id, r.person_id, r.rejection_date, r.lsoa, r.age_at_referral, r.sex
