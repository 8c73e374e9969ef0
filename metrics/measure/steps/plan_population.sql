-- One row per January census day of a SEN2 return: residents aged 0 to 24 at the newest published
-- estimate of that day, no more than three years old.
select counted_on, people
from (
    select c.snapshot_date as counted_on, e.people,
        row_number() over (partition by c.snapshot_date order by e.day desc) as choice
    from (select distinct snapshot_date from live_ehc_plan) c
    join population_estimate e on e.ages = '0 to 24' and e.day <= c.snapshot_date
        and date_diff('day', e.day, c.snapshot_date) <= 1096
) ranked
where choice = 1
