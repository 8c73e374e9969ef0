/*
title: EHC plans maintained
priority: demand
question: How many children and young people hold an EHC plan, and who are they?
kind: count
unit: plans
decimals: 0
polarity: none
period: census
breakdowns: [sex, age_band, locality]
comparator:
  series: sen2.caseload.ehcplans
  note: The published figure is the same count on the same day, from the same return.
sources: [ehc_plan, placement]
population: Children and young people aged 0 to 25 whose EHC plan this authority maintains, for any need, wherever they live or learn.
caveats:
  - These are plans the authority maintains, not pupils on roll in the borough's schools; the two populations differ and are never mixed.
  - Where they are placed is shown under Sufficiency.
*/
-- numerator: EHC plans in force on the January census day, whatever the need
select census_date as on_date, person_id, urn
from plan_in_force
