-- One row per budget line, part of it and month of forecast in which no line is missing, with the
-- line's code and name; whole financial year in pounds.
select b.forecast_month, b.budget, b.forecast_outturn,
    case b.line
        when '1.0.2' then '1.0.2 Place funding'
        when '1.2.1' then '1.2.1 Top-up, maintained schools'
        when '1.2.2' then '1.2.2 Top-up, academies and colleges'
        when '1.2.3' then '1.2.3 Independent and non-maintained'
        when '1.2.4' then '1.2.4 Targeted funding'
        when '1.2.5' then '1.2.5 SEN support services'
        when '1.2.6' then '1.2.6 Hospital education'
        when '1.2.7' then '1.2.7 Other alternative provision'
        when '1.2.8' then '1.2.8 Support for inclusion'
        when '1.2.9' then '1.2.9 Schools in difficulty'
        when '1.2.10' then '1.2.10 PFI and BSF'
        when '1.2.11' then '1.2.11 Direct payments'
        when '1.2.13' then '1.2.13 Therapies'
        else b.line
    end as line
from live_budget_line b
join whole_forecast w on w.financial_year = b.financial_year
    and w.forecast_month = b.forecast_month
