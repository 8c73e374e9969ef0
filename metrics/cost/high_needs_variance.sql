/*
title: High-needs forecast over or under budget
priority: cost
question: Which lines are over budget, and by how much?
kind: ratio
unit: "% of the year's budget"
multiplier: 100
polarity: low
period: month
stock: true
breakdowns: [line]
no_comparator: The monthly forecast is local; nothing is published.
pounds: true
sources: [budget_line]
population: Section 251 high-needs lines, SEN transport and SEN administration, of the financial year the month is in.
caveats:
  - Above nought is over budget. The pounds are the forecast less the budget of the same month.
  - All needs, not SEMH alone; budget lines do not tell needs apart.
  - A month in which a line is missing is not shown, since the sum would look like a saving.
statistic_of: places
*/
-- numerator: forecast for the whole year less its budget
select forecast_month as on_date, line, forecast_outturn - budget as amount
from forecast_line

-- denominator: budget for the whole year
select forecast_month as on_date, line, budget as amount
from forecast_line
