-- One row per school and academic year: whether anyone on its staff was trained the year before, as
-- the school told it. A school that told nothing has no row.
select urn, academic_year + 1 as academic_year,
    case when sum(attended) > 0 then 'Staff trained the year before'
        else 'Nobody trained the year before' end as training
from training_year
group by urn, academic_year
