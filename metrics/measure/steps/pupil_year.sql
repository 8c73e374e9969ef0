-- One row per pupil and academic year: what the January census says of them, on the registration
-- where they are taught (single or main before subsidiary).
select person_id, academic_year, census_date, urn, enrol_status, year_group, sen_provision,
    primary_need, fsm, sex, ethnic_group, lsoa
from (
    select person_id, extract(year from census_date) - 1 as academic_year, census_date, urn,
        enrol_status, year_group, sen_provision, primary_need, fsm, sex, ethnic_group, lsoa,
        row_number() over (
            partition by person_id, census_date
            order by case enrol_status when 'C' then 1 when 'M' then 2 else 3 end, urn
        ) as choice
    from live_pupil_census
    where on_roll and extract(month from census_date) = 1
) ranked
where choice = 1
