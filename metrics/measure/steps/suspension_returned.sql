-- One row per suspension at a setting that returned the January census of its academic year.
select s.suspension_id, s.start_date, s.person_id, s.urn, s.sessions, s.academic_year
from suspension_in_year s
left join january_missing m on m.urn = s.urn and m.academic_year = s.academic_year
where m.urn is null
