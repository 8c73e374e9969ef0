-- One row per pupil on roll at a January census whose home area is known, and whether it is in the
-- borough.
select r.person_id, r.census_date, r.urn, r.sen_provision, r.primary_need,
    a.locality is null as lives_elsewhere
from january_roll r
join pupil_year y on y.person_id = r.person_id and y.academic_year = r.academic_year
join area a on a.lsoa = y.lsoa
