/*
title: EHC plans that ended because needs were met
priority: demand
question: Of the plans that end, how many end because the child no longer needs one?
kind: proportion
unit: "% of plans that ended"
polarity: high
period: calendar_year
no_comparator: The published reasons are not among the series loaded.
sources: [ehc_plan]
population: Children and young people whose EHC plan ended in the year.
caveats:
  - Needs met without a plan is one of nine reasons in the return; moving away and reaching the maximum age are others.
  - Plans that moved with the child to another authority are counted.
*/
-- numerator: EHC plans that ended in the year because needs are met without one
select cease_date as on_date, person_id
from plan_ceased
where cease_reason = '2'

-- denominator: EHC plans that ended in the year, for any reason
select cease_date as on_date, person_id
from plan_ceased
