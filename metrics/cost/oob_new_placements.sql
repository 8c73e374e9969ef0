/*
title: New SEMH placements in independent schools out of the borough
priority: cost
question: How many new placements outside the borough are made in a year?
kind: count
unit: "placements"
decimals: 0
polarity: low
period: financial_year
breakdowns: [residential]
no_comparator: New placements outside the borough are not published.
sources: [placement_cost]
population: Placements of children with SEMH as primary need at independent or non-maintained special schools outside the borough that began in the year.
caveats:
  - New where the child was not with that provider in the month before; a line that begins each April in the register does not make a place new.
  - Every place is new in the register's first year; that year is left out.
*/
-- numerator: placements that began anew in the year
select on_date, person_id, provider_id, residential
from away_new_placement
where semh
