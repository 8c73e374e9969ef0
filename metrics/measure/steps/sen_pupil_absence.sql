-- One row per pupil with SEN support or an EHC plan and academic year: sessions possible and missed
-- at all schools together, the last school attended, and the kind of support.
select a.person_id, a.academic_year, a.on_date, a.possible, a.missed, a.urn, p.sen, p.semh
from pupil_absence a
join sen_pupil p on p.person_id = a.person_id and p.academic_year = a.academic_year
