-- One row per pupil of school age on roll at a January census who lives in the borough, with the
-- home area and its deprivation tenth.
select r.census_date, r.person_id, r.urn, r.sen_provision, r.primary_need, a.lsoa, a.imd_decile
from pupil_year r
join area a on a.lsoa = r.lsoa
where a.locality is not null and r.enrol_status in ('C', 'M')
    and r.year_group in ('R', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11')
