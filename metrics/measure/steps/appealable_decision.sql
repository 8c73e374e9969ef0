-- One row per EHC decision of a calendar year that can be appealed, as the published appeal rate
-- counts them: requests refused, plans not issued, plans ceased, and plans in force in the January
-- after the year.
select outcome_date as on_date, person_id
from latest_request
where outcome = 'N'
union all
select outcome_date, person_id
from (
    select person_id, outcome, outcome_date,
        row_number() over (partition by assessment_id order by snapshot_date desc) as choice
    from live_ehc_assessment
) latest
where choice = 1 and outcome = 'N'
union all
select cease_date, person_id
from plan_ceased
where cease_date is not null
union all
select make_date(cast(extract(year from census_date) as integer) - 1, 12, 31), person_id
from plan_in_force
