/*
title: SEMH share of new EHC plans
priority: demand
question: What share of new EHC plans is for SEMH, and is it more than elsewhere?
kind: proportion
unit: "% of new EHC plans"
polarity: none
period: calendar_year
comparator:
  series: sen2.sen_need_newplans.semh_pc
  note: The same share from the same return.
sources: [ehc_assessment, ehc_request, ehc_plan]
population: Children and young people aged 0 to 25 who were issued a first EHC plan, for any need.
caveats:
  - The need is the one the plan first named.
  - A plan no return gives a need for is in the whole.
statistic_of: people
*/
-- numerator: first EHC plans issued in the calendar year with SEMH as primary need
select issued_date as on_date, person_id
from plan_issued
where primary_need = 'SEMH'

-- denominator: first EHC plans issued in the calendar year
select issued_date as on_date, person_id
from plan_issued
