-- One row per month of forecast in which no budget line is missing that the same year has both before
-- and after: a month with a hole would look like a saving.
select p.financial_year, p.forecast_month
from (
    select financial_year, forecast_month, count(*) as lines
    from live_budget_line
    group by financial_year, forecast_month
) p
join (
    select m.financial_year, m.forecast_month, count(*) as lines
    from (select distinct financial_year, forecast_month from live_budget_line) m
    join (
        select line, part, financial_year, min(forecast_month) as first_month,
            max(forecast_month) as last_month
        from live_budget_line
        group by line, part, financial_year
    ) s on s.financial_year = m.financial_year and m.forecast_month >= s.first_month
        and m.forecast_month <= s.last_month
    group by m.financial_year, m.forecast_month
) e on e.financial_year = p.financial_year and e.forecast_month = p.forecast_month
    and e.lines = p.lines
