/*
title: SEMH places commissioned
priority: sufficiency
question: How many SEMH places does the authority commission, where and for which ages?
kind: count
unit: places
decimals: 0
polarity: none
period: term
stock: true
breakdowns: [provision, kind_of_provision, locality, key_stage]
no_comparator: School capacity is published for special schools and units of all needs together, not as places commissioned.
sources: [placement_cost]
population: Places the authority commissions in SEMH-designated special schools, units, resourced provision and alternative provision in the borough.
caveats:
  - Places commissioned for the term, filled or not.
  - Locality is the provision's, not the child's.
statistic_of: places
*/
-- numerator: places commissioned at SEMH-designated provision in the borough for that term
select period_end as on_date, provision_id, locality, key_stage
from single_place
where designation = 'SEMH'
