-- One row per pupil and academic year: sessions possible and missed at all schools together, and the
-- last school attended.
select person_id, academic_year, max(term_start) as on_date, sum(possible) as possible,
    sum(missed) as missed, max(case when choice = 1 then urn end) as urn
from (
    select person_id, academic_year, term_start, possible, missed, urn,
        row_number() over (
            partition by person_id, academic_year order by term_start desc, possible desc, urn
        ) as choice
    from pupil_sessions
) ranked
group by person_id, academic_year
