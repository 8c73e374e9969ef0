/*
title: EHC plans for every 1,000 children and young people
priority: demand
question: How many EHC plans are there for the size of the population?
kind: ratio
unit: plans per 1,000 people aged 0 to 24
multiplier: 1000
polarity: none
period: census
no_comparator: The published rate divides by people aged 0 to 25 of another estimate; the number of plans itself is compared under EHC plans maintained.
sources: [ehc_plan, placement]
population: Plans this authority maintains, over all residents of the borough aged 0 to 24.
caveats:
  - The population is the newest estimate published by the Office for National Statistics before the day, at most three years old; where there is none the rate is not available.
  - A plan may be held at 25 and by someone who lives elsewhere; few are.
  - Plans are counted whole, not sampled, so there is no interval.
*/
-- numerator: EHC plans in force on the January census day
select census_date as on_date, person_id, 1.0 as amount
from plan_in_force

-- denominator: residents of the borough aged 0 to 24 at the newest published estimate
select counted_on as on_date, people as amount
from plan_population
