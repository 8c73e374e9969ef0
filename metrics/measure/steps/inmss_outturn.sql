-- One row per financial year: spending on budget line 1.2.3 as it stood at the end of March, without
-- the part for specialist post-16 where that is kept apart.
select y.financial_year_end as on_date, sum(b.forecast_outturn) as amount
from live_budget_line b
join financial_year y on extract(year from y.financial_year_start) = b.financial_year
where b.line = '1.2.3' and b.part <> 'post-16' and extract(month from b.forecast_month) = 3
    and extract(year from b.forecast_month) = b.financial_year + 1
group by y.financial_year_end
