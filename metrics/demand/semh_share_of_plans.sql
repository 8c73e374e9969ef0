/*
title: SEMH share of EHC plans
priority: demand
question: What share of all EHC plans is for SEMH, and is it more than elsewhere?
kind: proportion
unit: "% of EHC plans"
polarity: none
period: census
comparator:
  series: sen2.sen_needs_all_plans.semh_pc
  note: The published share is of the same plans on the same day.
sources: [ehc_plan, placement]
population: Children and young people aged 0 to 25 whose EHC plan this authority maintains, wherever they live or learn.
caveats:
  - These are plans the authority maintains, not pupils on roll in the borough's schools; the two populations differ and are never mixed.
  - A child with more than one need is counted once, under the need ranked first.
  - Against England's share this says whether SEMH is identified more or less often here; it does not say which is right.
statistic_of: people
*/
-- numerator: EHC plans in force on the January census day whose primary need was SEMH
select census_date as on_date, person_id
from plan_in_force
where primary_need = 'SEMH'

-- denominator: all EHC plans in force on the January census day
select census_date as on_date, person_id
from plan_in_force
