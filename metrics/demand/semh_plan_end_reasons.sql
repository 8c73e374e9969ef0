/*
title: EHC plans for SEMH that ended for a known reason
priority: demand
question: Why do EHC plans for SEMH end, and how many because needs are met without one?
kind: proportion
unit: "% of plans that ended"
polarity: none
period: calendar_year
breakdowns: [reason]
shares: [reason]
no_comparator: Published reasons are not told apart by need.
sources: [ehc_plan]
population: Children and young people whose EHC plan for SEMH ended in the year.
caveats:
  - Each reason is a share of all plans that ended; needs met without a plan is the one the board reports. The headline is the share whose reason was returned.
  - The need is the one last recorded on the plan, since a plan that has ended may be returned without it.
part_of: [all_plan_end_reasons]
*/
-- numerator: EHC plans for SEMH that ended in the year for a reason that was returned
select cease_date as on_date, person_id, reason
from plan_ceased
where cease_reason is not null and primary_need = 'SEMH'

-- denominator: EHC plans for SEMH that ended in the year, for any reason
select cease_date as on_date, person_id
from plan_ceased
where primary_need = 'SEMH'
