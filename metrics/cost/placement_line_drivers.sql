/*
title: What puts the independent placements line over or under budget
priority: cost
question: Is line 1.2.3 over budget because of more places, dearer places, or another mix of places?
kind: computed
method: forecast_over_budget
unit: pounds over the year's budget
decimals: 0
polarity: low
period: month
stock: true
breakdowns: [driver]
no_comparator: The monthly forecast is local; nothing is published.
sources: [budget_line]
population: Parts of Section 251 line 1.2.3 (top-up and other funding, non-maintained and independent providers) for which finance keeps places beside pounds.
caveats:
  - It is exact, for number, price and mix add up to the difference. Number is more or fewer places than budgeted at the budgeted mix and prices; mix is the shift between parts at budgeted prices; price is the rest, at the forecast numbers.
  - The whole financial year, as forecast that month; months do not add up to a year.
  - A part without places is left out on both sides.
statistic_of: places
*/
-- numerator: pounds and full-year places forecast for the year, by part of the line
select b.forecast_month as on_date, b.part as kind_of_place, b.forecast_outturn as amount,
    b.forecast_places as value
from live_budget_line b
join whole_forecast w on w.financial_year = b.financial_year
    and w.forecast_month = b.forecast_month
where b.line = '1.2.3' and b.budget_places is not null and b.forecast_places is not null

-- denominator: pounds and full-year places budgeted for the year, by part of the line
select b.forecast_month as on_date, b.part as kind_of_place, b.budget as amount,
    b.budget_places as value
from live_budget_line b
join whole_forecast w on w.financial_year = b.financial_year
    and w.forecast_month = b.forecast_month
where b.line = '1.2.3' and b.budget_places is not null and b.forecast_places is not null
