/*
title: EHC plans for SEMH that ended because needs were met
priority: demand
question: Of the plans for SEMH that end, how many end because the child no longer needs one?
kind: proportion
unit: "% of plans that ended"
polarity: high
period: calendar_year
no_comparator: Published reasons are not told apart by need.
sources: [ehc_plan]
population: Children and young people whose EHC plan for SEMH ended in the year.
caveats:
  - Needs met without a plan is one of nine reasons in the return; moving away and reaching the maximum age are others.
  - The need is the one last recorded on the plan, since a plan that has ended may be returned without it.
part_of: [all_plans_needs_met]
*/
-- numerator: EHC plans for SEMH that ended in the year because needs are met without one
select cease_date as on_date, person_id
from plan_ceased
where cease_reason = '2' and primary_need = 'SEMH'

-- denominator: EHC plans for SEMH that ended in the year, for any reason
select cease_date as on_date, person_id
from plan_ceased
where primary_need = 'SEMH'
