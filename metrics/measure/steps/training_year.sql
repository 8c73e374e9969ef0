-- One row per school, course, role and academic year in which the school told of training: staff who
-- came at any time in the year, of those who should, and the last day told of.
select urn, course, role, academic_year, max(on_date) as on_date,
    least(sum(attended), max(eligible)) as attended, max(eligible) as eligible
from (
    select urn, course, role, on_date, attended, eligible,
        extract(year from on_date)
            - case when extract(month from on_date) < 9 then 1 else 0 end as academic_year
    from live_training
) told
group by urn, course, role, academic_year
