-- One row per child and January: where the school census and the SEN2 return together have them.
-- A plan says more than the roll; a plan's place out of the borough more than its kind.
select coalesce(c.person_id, p.person_id) as person_id,
    coalesce(c.academic_year, p.academic_year) as academic_year,
    coalesce(c.census_date, p.census_date) as census_date, c.urn,
    case
        when p.in_borough = false then 'Out of borough'
        when p.setting = 'State-funded special school' then 'Special school'
        when p.setting = 'Independent or non-maintained' then 'Independent special school'
        when p.setting = 'Alternative provision' or e.establishment = 'alternative_provision'
            then 'Alternative provision'
        when p.setting in ('Mainstream school', 'Unit or resourced provision')
            then 'EHC plan in mainstream'
        when p.person_id is not null then 'EHC plan elsewhere'
        when c.sen_provision = 'E' then 'EHC plan elsewhere'
        when c.sen_provision = 'K' then 'SEN support'
        else 'No SEN support'
    end as state
from pupil_year c
full outer join (
    select person_id, census_date, in_borough, setting,
        extract(year from census_date) - 1 as academic_year,
        row_number() over (partition by person_id, census_date order by plan_id) as choice
    from plan_in_force
) p on p.person_id = c.person_id and p.academic_year = c.academic_year and p.choice = 1
left join establishment e on e.urn = c.urn
where p.choice = 1 or p.choice is null
