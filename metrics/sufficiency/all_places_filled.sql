/*
title: Specialist places filled
priority: sufficiency
question: How full is each specialist provision, and where are there vacancies?
kind: ratio
unit: "% of places commissioned"
multiplier: 100
polarity: none
period: term
stock: true
breakdowns: [provision, designation, locality, key_stage]
no_comparator: Published capacity is of one day a year and of school buildings, not of places commissioned.
sources: [placement_cost]
population: Places the authority commissions in special schools, units, resourced provision and alternative provision in the borough.
caveats:
  - Counted on the last day of term. Above 100 means more children than places commissioned.
  - Vacant places are the places commissioned less the children placed.
  - Locality is the provision's, not the child's.
  - Places are counted whole, not sampled, so there is no interval.
*/
-- numerator: placements on the last day of term at provision with places commissioned that term
select period_end as on_date, provision_id, person_id, locality, key_stage, 1.0 as amount
from place_child

-- denominator: places commissioned at provision in the borough for that term
select period_end as on_date, provision_id, locality, key_stage, places as amount
from place_commissioned
