-- One row per EHC plan in force on a January census day whose main placement that day is an
-- independent or non-maintained special school.
select w.census_date, w.person_id, w.plan_id, e.establishment
from plan_place w
join live_ehc_plan p on p.plan_id = w.plan_id and p.snapshot_date = w.census_date
    and (p.start_date is null or p.start_date <= p.snapshot_date)
    and (p.cease_date is null or p.cease_date > p.snapshot_date)
join establishment e on e.urn = w.urn and e.establishment in ('independent_special', 'nmss')
