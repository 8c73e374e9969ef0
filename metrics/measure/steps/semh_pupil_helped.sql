-- One row per pupil with SEMH as primary need on roll in January of a year that the record of
-- support covers: whether support began or was under way in that academic year, and its cost.
select r.person_id, r.academic_year, r.census_date, r.urn,
    max(case when g.person_id is null then 0 else 1 end) as helped,
    sum(case when g.academic_year = r.academic_year then g.cost else 0 end) as cost
from january_roll r
join (select distinct academic_year from support_given) y on y.academic_year = r.academic_year
left join support_given g on g.person_id = r.person_id and g.academic_year <= r.academic_year
    and (
        g.academic_year = r.academic_year
        or g.end_date >= make_date(cast(r.academic_year as integer), 9, 1)
    )
where r.sen_provision in ('K', 'E') and r.primary_need = 'SEMH'
group by r.person_id, r.academic_year, r.census_date, r.urn
