/*
title: High-needs spending forecast for the year
priority: cost
question: Where will spending end up by the year's end?
kind: money
unit: pounds
decimals: 0
polarity: none
period: month
stock: true
breakdowns: [line]
no_comparator: Section 251 outturns are published once a year; the monthly forecast is local.
sources: [budget_line]
population: Section 251 high-needs lines, SEN transport and SEN administration, of the financial year the month is in.
caveats:
  - What the whole financial year is expected to cost, as forecast at the end of the month; months do not add up to a year.
  - All needs, not SEMH alone; budget lines do not tell needs apart.
  - A month in which a line is missing is not shown, since the sum would look like a saving.
statistic_of: places
*/
-- numerator: spending expected by the year's end, as forecast that month
select forecast_month as on_date, line, forecast_outturn as amount
from forecast_line
