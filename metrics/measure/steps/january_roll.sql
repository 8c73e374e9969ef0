-- One row per pupil on roll at a January census, sole and dual-main registrations only, so that
-- no pupil is counted twice.
select person_id, academic_year, census_date, urn, sen_provision, primary_need
from pupil_year
where enrol_status in ('C', 'M')
