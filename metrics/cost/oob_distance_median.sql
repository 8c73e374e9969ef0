/*
title: Distance to SEMH placements in independent schools out of the borough, median
priority: cost
question: How far from home are children placed?
kind: quantile
unit: "miles"
quantile: 0.5
decimals: 1
polarity: low
period: financial_year
breakdowns: [residential]
no_comparator: Distance to placements is not published.
sources: [placement_cost]
population: Placements of children with SEMH as primary need at independent or non-maintained special schools outside the borough on 31 March.
caveats:
  - Half of the children are placed farther away than this. Distance is that in the register, not the route.
*/
-- numerator: miles from home of each placement under way on 31 March
select on_date, person_id, residential, distance_miles as value
from away_on_31_march
where semh
