-- One row per priced placement and academic year it ran in, with the kind of place and the days it
-- lasted in that year.
select p.placement_id, p.person_id, p.provision_id, p.provider_id, p.need, p.annual_cost,
    y.academic_year_end,
    extract(year from y.academic_year_start) as academic_year,
    case
        when p.placement_type = 'special' and p.in_borough then 'Special school, local'
        when p.placement_type in ('sen_unit', 'resourced_provision')
            then 'Unit or resourced provision'
        when p.placement_type = 'alternative_provision' then 'Alternative provision'
        when p.placement_type in ('independent_special', 'nmss') and p.in_borough
            then 'Independent or non-maintained, local'
        when p.placement_type in ('independent_special', 'nmss')
            then 'Independent or non-maintained, outside'
        else 'Other place'
    end as place,
    date_diff(
        'day',
        greatest(p.start_date, y.academic_year_start),
        least(coalesce(p.end_date, y.academic_year_end), y.academic_year_end)
    ) + 1 as days
from placement_priced p
join academic_year y on y.academic_year_end >= p.start_date
    and (p.end_date is null or y.academic_year_start <= p.end_date)
where p.annual_cost is not null
