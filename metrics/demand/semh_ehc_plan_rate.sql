/*
title: EHC plans for SEMH for every 1,000 children and young people
priority: demand
question: How many EHC plans for SEMH are there for the size of the population?
kind: ratio
unit: plans per 1,000 people aged 0 to 24
multiplier: 1000
polarity: none
period: census
no_comparator: Plans are published by need and by authority, but no rate for SEMH.
sources: [ehc_plan, placement]
population: Plans this authority maintains for SEMH, over all residents of the borough aged 0 to 24.
caveats:
  - The population is the newest estimate published by the Office for National Statistics before the day, at most three years old; where there is none the rate is not available.
  - A plan may be held at 25 and by someone who lives elsewhere; few are.
  - Plans are counted whole, not sampled, so there is no interval.
part_of: [all_ehc_plan_rate]
*/
-- numerator: EHC plans in force on the January census day with SEMH as primary need
select census_date as on_date, person_id, 1.0 as amount
from semh_plan

-- denominator: residents of the borough aged 0 to 24 at the newest published estimate
select counted_on as on_date, people as amount
from plan_population
