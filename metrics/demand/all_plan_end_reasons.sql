/*
title: EHC plans that ended for a known reason
priority: demand
question: Why do EHC plans end, and how many because needs are met without one?
kind: proportion
unit: "% of plans that ended"
polarity: none
period: calendar_year
breakdowns: [reason]
shares: [reason]
no_comparator: The published reasons are not among the series loaded.
sources: [ehc_plan]
population: Children and young people whose EHC plan ended in the year.
caveats:
  - Each reason is a share of all plans that ended; needs met without a plan is the one the board reports. The headline is the share whose reason was returned.
  - Plans that moved with the child to another authority are counted.
*/
-- numerator: EHC plans that ended in the year for a reason that was returned
select cease_date as on_date, person_id, reason
from plan_ceased
where cease_reason is not null

-- denominator: EHC plans that ended in the year, for any reason
select cease_date as on_date, person_id
from plan_ceased
