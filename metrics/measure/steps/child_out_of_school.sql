-- One row per child and academic year out of full-time school in some way, under the way that comes
-- first of these: permanently excluded, educated otherwise than at school, home educated, missing
-- education, absent for half of the year, on a reduced timetable.
select person_id, academic_year, make_date(cast(academic_year as integer) + 1, 1, 15) as on_date,
    ways,
    case rank
        when 1 then 'Permanently excluded' when 2 then 'Educated otherwise than at school'
        when 3 then 'Home educated' when 4 then 'Missing education' when 5 then 'Severely absent'
        else 'On a reduced timetable'
    end as way
from (
    select person_id, academic_year, min(rank) as rank, count(distinct rank) as ways
    from (
        select person_id, 1 as rank, extract(year from start_date)
            - case when extract(month from start_date) < 9 then 1 else 0 end as academic_year
        from live_suspension
        where category = 'PERM'
        union all
        select person_id, 2, extract(year from census_date) - 1
        from plan_in_force
        where setting = 'Other arrangement'
        union all
        select e.person_id, 3, extract(year from y.academic_year_start)
        from live_ehe e
        join academic_year y on e.start_date <= y.academic_year_end
            and (e.end_date is null or e.end_date >= y.academic_year_start)
        union all
        select m.person_id, 4, extract(year from y.academic_year_start)
        from live_missing_education m
        join academic_year y on m.start_date <= y.academic_year_end
            and (m.found_date is null or m.found_date >= y.academic_year_start)
        union all
        select person_id, 5, academic_year
        from pupil_absence
        where missed >= possible * 0.5
        union all
        select t.person_id, 6, extract(year from y.academic_year_start)
        from live_reduced_timetable t
        join academic_year y on t.start_date <= y.academic_year_end
            and (t.end_date is null or t.end_date >= y.academic_year_start)
    ) every_way
    group by person_id, academic_year
) ranked
