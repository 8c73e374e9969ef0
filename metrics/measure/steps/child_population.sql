-- One row per financial year: residents aged 0 to 17 at the newest published estimate before it
-- ended, no more than three years old.
select counted_on, people
from (
    select f.financial_year_end as counted_on, e.people,
        row_number() over (partition by f.financial_year_end order by e.day desc) as choice
    from financial_year f
    join population_estimate e on e.ages = '0 to 17' and e.day <= f.financial_year_end
        and date_diff('day', e.day, f.financial_year_end) <= 1096
) ranked
where choice = 1
