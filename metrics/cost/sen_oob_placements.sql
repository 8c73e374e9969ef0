/*
title: Placements in independent schools out of the borough, all needs
priority: cost
question: How many children with any need are placed in independent schools outside the borough, and who are they?
kind: count
unit: "placements"
decimals: 0
polarity: low
period: financial_year
breakdowns: [need, provider_type, age_band, residential]
no_comparator: The published file counts plans in independent special schools wherever they are, inside the borough or not.
sources: [placement_cost]
population: Placements of children and young people, for any need, at independent or non-maintained special schools outside the borough on 31 March.
caveats:
  - Counted on the last day of the financial year; a place that ended before is not in it.
  - A place is outside the borough when its authority is another one; the register of providers tells.
*/
-- numerator: placements for any need under way on 31 March
select on_date, person_id, provider_id, residential, need
from away_on_31_march
