/*
title: SEMH places filled
priority: sufficiency
question: How full is each SEMH provision, and where are there vacancies?
kind: ratio
unit: "% of places commissioned"
multiplier: 100
polarity: none
period: term
stock: true
breakdowns: [provision, locality, key_stage]
no_comparator: School capacity figures are published for all special places together, not for SEMH.
sources: [placement_cost]
population: Places the authority commissions in SEMH-designated special schools, units and resourced provision in the borough.
caveats:
  - Counted on the last day of term. Above 100 means more children than places commissioned.
  - Vacant places are the places commissioned less the children placed.
  - Locality is the provision's, not the child's.
  - Places are counted whole, not sampled, so there is no interval.
part_of: [all_places_filled]
*/
-- numerator: placements on the last day of term at provision with SEMH places commissioned that term
select period_end as on_date, provision_id, person_id, locality, key_stage, 1.0 as amount
from semh_place_child

-- denominator: places commissioned at SEMH-designated provision in the borough for that term
select period_end as on_date, provision_id, locality, key_stage, places as amount
from semh_place
