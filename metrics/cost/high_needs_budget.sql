/*
title: High-needs budget for the year
priority: cost
question: What has been set aside for high needs, line by line?
kind: money
unit: pounds
decimals: 0
polarity: none
period: month
stock: true
breakdowns: [line]
no_comparator: Section 251 budgets are published once a year; the monthly forecast is local.
sources: [budget_line]
population: Section 251 high-needs lines, SEN transport and SEN administration, of the financial year the month is in.
caveats:
  - The whole financial year's budget as it stood at the end of the month; months do not add up to a year.
  - All needs, not SEMH alone; budget lines do not tell needs apart.
  - A month in which a line is missing is not shown, since the sum would look like a saving.
statistic_of: places
*/
-- numerator: budget for the whole year, as it stood that month
select forecast_month as on_date, line, budget as amount
from forecast_line
