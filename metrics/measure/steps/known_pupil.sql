-- One row per pupil and academic year: the January census of that year or, where the pupil was not
-- on roll that January, of the year before.
select person_id, academic_year, urn, year_group, sen_provision, primary_need, fsm, sex,
    ethnic_group, lsoa
from pupil_year
union all
select b.person_id, b.academic_year + 1 as academic_year, b.urn, b.year_group, b.sen_provision,
    b.primary_need, b.fsm, b.sex, b.ethnic_group, b.lsoa
from pupil_year b
left join pupil_year n on n.person_id = b.person_id and n.academic_year = b.academic_year + 1
where n.person_id is null
