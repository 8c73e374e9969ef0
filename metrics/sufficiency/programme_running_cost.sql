/*
title: Yearly running cost of a place of the sufficiency programme
priority: sufficiency
question: What does a new local place cost to run?
kind: ratio
unit: pounds a year per place opened
decimals: 0
polarity: none
period: academic_year
stock: true
breakdowns: [programme_phase, designation]
no_comparator: Published unit costs are of all places, not of new ones.
sources: [capital_scheme]
population: Places of the programme that have opened and whose running cost is known.
caveats:
  - Running cost in a full year, without the cost of building; capital is counted apart.
  - An empty place costs nearly as much as a filled one.
statistic_of: places
*/
-- numerator: running cost of the opened places in a full year
select on_date, programme_phase, designation, running_cost as amount
from programme_year
where running_cost is not null and places_opened > 0

-- denominator: places opened
select on_date, programme_phase, designation, places_opened as amount
from programme_year
where running_cost is not null and places_opened > 0
