/*
title: EHC plans for SEMH that ended
priority: demand
question: How many EHC plans for SEMH end each year?
kind: count
unit: plans
decimals: 0
polarity: none
period: calendar_year
breakdowns: [age_band]
no_comparator: Published plans that ended are not told apart by need.
sources: [ehc_plan]
population: Children and young people whose EHC plan for SEMH ended in the year.
caveats:
  - Counted on the day the plan ended, not the day of the decision.
  - The need is the one last recorded on the plan, since a plan that has ended may be returned without it.
part_of: [all_plans_ceased]
*/
-- numerator: EHC plans for SEMH that ended in the calendar year
select cease_date as on_date, person_id
from plan_ceased
where primary_need = 'SEMH'
