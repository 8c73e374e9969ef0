-- One row per pupil and academic year: sessions possible and missed at all schools together, and the
-- last school attended.
select w.person_id, w.academic_year, w.on_date, w.possible, w.missed, l.urn
from (
    select person_id, academic_year, max(term_start) as on_date, sum(possible) as possible,
        sum(missed) as missed
    from pupil_sessions
    group by person_id, academic_year
) w
join (
    select person_id, academic_year, urn,
        row_number() over (
            partition by person_id, academic_year order by term_start desc, possible desc, urn
        ) as choice
    from pupil_sessions
) l on l.person_id = w.person_id and l.academic_year = w.academic_year and l.choice = 1
