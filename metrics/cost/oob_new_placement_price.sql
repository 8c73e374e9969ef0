/*
title: Yearly cost of a new SEMH placement in an independent school out of the borough
priority: cost
question: What do new placements outside the borough cost, beside those already held?
kind: mean
unit: "pounds a year"
decimals: 0
polarity: low
period: financial_year
breakdowns: [residential]
no_comparator: Prices of new placements are not published.
sources: [placement_cost]
population: Placements of children with SEMH as primary need at independent or non-maintained special schools outside the borough that began in the year.
caveats:
  - New where the child was not with that provider in the month before; a line that begins each April in the register does not make a place new.
  - Every place is new in the register's first year; that year is left out.
  - A placement without any weekly cost in the register is left out.
*/
-- numerator: cost for a year of each placement that began anew in the year
select on_date, person_id, provider_id, residential, annual_cost as value
from away_new_placement
where semh and annual_cost is not null
