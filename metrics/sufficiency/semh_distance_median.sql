/*
title: Median distance from home, SEMH placements
priority: sufficiency
question: How far does a child typically live from the placement, with SEMH as primary need?
kind: quantile
quantile: 0.5
unit: miles
polarity: low
period: term
stock: true
breakdowns: [provider_type, place]
no_comparator: No published series gives the distance between home and placement.
sources: [placement_cost]
population: Children and young people with SEMH as primary need whose placement the authority pays for.
caveats:
  - Half of the children live further away than this.
  - From the commissioning register, on the last day of term; children in mainstream schools without a commissioned place are not in it.
  - In a straight line or by road as the register gives it; the time a journey takes is not recorded anywhere yet, so it is not measured.
  - A placement without a distance is left out.
part_of: [all_distance_median]
*/
-- numerator: miles from home of each placement on the last day of term
select on_date, person_id, provider_id, place, distance_miles as value
from placement_in_term
where distance_miles is not null and primary_need = 'SEMH'
