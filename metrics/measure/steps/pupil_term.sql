-- One row per pupil and census day: what the census says of their support that day, on the
-- registration where they are taught (single or main before subsidiary), and the census before.
select person_id, census_date, urn, sen_provision, primary_need,
    lag(sen_provision) over (partition by person_id order by census_date) as provision_before
from (
    select person_id, census_date, urn, sen_provision, primary_need,
        row_number() over (
            partition by person_id, census_date
            order by case enrol_status when 'C' then 1 when 'M' then 2 else 3 end, urn
        ) as choice
    from live_pupil_census
    where on_roll
) ranked
where choice = 1
