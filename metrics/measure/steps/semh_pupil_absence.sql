-- One row per pupil whose primary need was SEMH and academic year: sessions possible and missed at
-- all schools together, and the last school attended.
select person_id, academic_year, on_date, possible, missed, urn
from sen_pupil_absence
where semh
