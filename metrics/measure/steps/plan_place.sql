-- One row per plan and January census day: the main placement that day, what kind of setting it
-- is, and whether it is in the borough. A school that is in no register of the borough is outside
-- it; a child at no establishment is neither in nor out (empty).
select plan_id, census_date, person_id, urn,
    case when urn is null then null else coalesce(in_borough, false) end as in_borough,
    case
        when urn is null and sen_setting = 'EHE' then 'Elective home education'
        when urn is null and sen_setting in ('NEET', 'NIEC', 'NIEO') then 'Not in education'
        when urn is null and sen_setting is not null then 'Other arrangement'
        when establishment in ('independent_special', 'nmss', 'independent')
            then 'Independent or non-maintained'
        when establishment = 'special' then 'State-funded special school'
        when establishment = 'alternative_provision' then 'Alternative provision'
        when establishment = 'further_education' then 'Further education'
        when establishment = 'early_years' then 'Early years setting'
        when establishment = 'other' then 'Other arrangement'
        when in_unit or establishment in ('sen_unit', 'resourced_provision')
            then 'Unit or resourced provision'
        when establishment = 'mainstream' then 'Mainstream school'
        else 'Not placed or not known'
    end as setting
from (
    select l.plan_id, l.snapshot_date as census_date, l.person_id, l.urn, e.in_borough,
        l.sen_setting, e.establishment,
        coalesce(l.sen_unit, false) or coalesce(l.resourced_provision, false) as in_unit,
        row_number() over (
            partition by l.plan_id, l.snapshot_date
            order by l.rank, l.entry_date desc, l.placement_id
        ) as choice
    from live_placement l
    left join establishment e on e.urn = l.urn
    where (l.entry_date is null or l.entry_date <= l.snapshot_date)
        and (l.leaving_date is null or l.leaving_date > l.snapshot_date)
) ranked
where choice = 1
