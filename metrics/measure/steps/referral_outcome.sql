-- One row per closed referral with at least one scale scored twice: the best and the worst change
-- among its scales.
select r.referral_id, r.person_id, r.discharge_date, r.lsoa, r.age_at_referral, r.sex, r.reason,
    max(p.change) as best, min(p.change) as worst
from closed_referral r
join score_pair p on p.referral_id = r.referral_id
group by r.referral_id, r.person_id, r.discharge_date, r.lsoa, r.age_at_referral, r.sex, r.reason
