/*
title: EHC plans that ended
priority: demand
question: How many EHC plans end each year?
kind: count
unit: plans
decimals: 0
polarity: none
period: calendar_year
breakdowns: [age_band]
comparator:
  series: sen2.ceased_plans.total_ceased
  note: The same count from the same return.
sources: [ehc_plan]
population: Children and young people whose EHC plan ended in the year.
caveats:
  - Counted on the day the plan ended, not the day of the decision.
  - Plans that moved with the child to another authority are counted.
*/
-- numerator: EHC plans that ended in the calendar year
select cease_date as on_date, person_id
from plan_ceased
