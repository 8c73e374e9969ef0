-- One row: the share of children referred to CAMHS whose record is linked to a school or SEN record,
-- and the day from which a year of contacts is known.
select count(l.right_id) * 1.0 / count(*) as share, max(k.known_from) as known_from
from (select distinct person_id from camhs_referral) c
left join live_link l on l.right_id = c.person_id
cross join (
    select cast(min(contact_date) + interval '12' month as date) as known_from from live_contact
) k
