-- One row per child and academic year with at least half the year in priced places: the kind of place
-- held longest, its cost for a year, and the child's kind of need and age.
select t.person_id, t.academic_year_end as on_date, t.academic_year, t.place, t.provision_id,
    t.provider_id, t.annual_cost, t.need,
    concat(
        t.need,
        case
            when n.birth_month is null then ', age not known'
            when t.academic_year - extract(year from n.birth_month)
                - case when extract(month from n.birth_month) >= 9 then 1 else 0 end < 11
                then ', under 11'
            else ', 11 and over'
        end
    ) as kind_of_child
from (
    select d.*, row_number() over (
            partition by d.person_id, d.academic_year_end
            order by d.days_at_place desc, d.days desc, d.placement_id
        ) as choice
    from (
        select person_id, academic_year_end, academic_year, placement_id, provision_id,
            provider_id, place, need, annual_cost, days,
            sum(days) over (partition by person_id, academic_year_end) as in_all,
            sum(days) over (partition by person_id, academic_year_end, place) as days_at_place
        from place_days
    ) d
    where d.in_all >= 183
) t
left join person n on n.person_id = t.person_id
where t.choice = 1
