-- One row per pupil and academic year with one or more suspensions, at settings that returned the
-- January census.
select distinct person_id, academic_year
from suspension_returned
