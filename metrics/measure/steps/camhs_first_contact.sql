-- One row per referral with an attended contact, with the days waited for the first one. A contact
-- dated before the referral was received is not a wait and is left out.
select r.referral_id, r.person_id, r.received_date, min(c.contact_date) as first_contact_date,
    date_diff('day', r.received_date, min(c.contact_date)) as days, r.source, r.team_type,
    r.pathway, r.age_at_referral, r.lsoa, r.sex
from camhs_referral r
join live_contact c on c.referral_id = r.referral_id
where c.attended in ('5', '6') and c.contact_date >= r.received_date
group by r.referral_id, r.person_id, r.received_date, r.source, r.team_type, r.pathway,
    r.age_at_referral, r.lsoa, r.sex
