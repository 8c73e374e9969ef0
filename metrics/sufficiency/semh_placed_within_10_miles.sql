/*
title: SEMH placements within 10 miles of home
priority: sufficiency
question: What share of children with SEMH as primary need goes to a place close to home?
kind: proportion
unit: "% of placements with a known distance"
polarity: high
period: term
stock: true
breakdowns: [provider_type, age_band, locality]
no_comparator: No published series gives the distance between home and placement.
sources: [placement_cost]
population: Children and young people with SEMH as primary need whose placement the authority pays for.
caveats:
  - From the commissioning register, on the last day of term; children in mainstream schools without a commissioned place are not in it.
  - In a straight line or by road as the register gives it; the time a journey takes is not recorded anywhere yet, so it is not measured.
  - A placement without a distance is left out.
part_of: [all_placed_within_10_miles]
*/
-- numerator: placements on the last day of term at most 10 miles from home
select on_date, person_id, provider_id
from placement_in_term
where distance_miles <= 10 and primary_need = 'SEMH'

-- denominator: placements on the last day of term whose distance from home is known
select on_date, person_id, provider_id
from placement_in_term
where distance_miles is not null and primary_need = 'SEMH'
