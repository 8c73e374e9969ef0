/*
title: EHC plans with SEMH as primary need
priority: demand
question: How many children and young people hold an EHC plan for SEMH, and who are they?
kind: count
unit: plans
decimals: 0
polarity: none
period: census
breakdowns: [sex, age_band, locality]
comparator:
  series: sen2.sen_needs_all_plans.number_semh
  note: The published figure is the same count on the same day, from the same return.
sources: [ehc_plan, placement]
population: Children and young people aged 0 to 25 whose EHC plan this authority maintains, wherever they live or learn.
caveats:
  - These are plans the authority maintains, not pupils on roll in the borough's schools; the two populations differ.
  - Where they are placed is shown under Sufficiency.
  - A child with more than one need is counted once, under the need ranked first.
part_of: [all_ehc_plans]
*/
-- numerator: EHC plans in force on the January census day whose primary need was SEMH
select census_date as on_date, person_id, urn
from semh_plan
