-- One row per child and academic year of referral to CAMHS: the first referral of the year, and the
-- school side's pseudonym where the child is linked.
select c.health_person_id, c.academic_year, c.first_received, l.left_id as person_id
from (
    select r.person_id as health_person_id, d.academic_year, min(r.received_date) as first_received
    from camhs_referral r
    join calendar_day d on d.day = r.received_date
    group by r.person_id, d.academic_year
) c
left join live_link l on l.right_id = c.health_person_id
