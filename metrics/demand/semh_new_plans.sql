/*
title: New EHC plans for SEMH
priority: demand
question: How many new EHC plans for SEMH are issued each year?
kind: count
unit: plans
decimals: 0
polarity: none
period: calendar_year
breakdowns: [sex, age_band, locality]
comparator:
  series: sen2.sen_need_newplans.number_semh
  note: The same count from the same return.
sources: [ehc_assessment, ehc_request, ehc_plan]
population: Children and young people aged 0 to 25 who were issued a first EHC plan for SEMH.
caveats:
  - A plan that came with a child from another authority is not new.
  - The need is the one the plan first named; a plan no return gives a need for is left out.
part_of: [all_new_plans]
*/
-- numerator: first EHC plans issued in the calendar year with SEMH as primary need
select issued_date as on_date, person_id
from plan_issued
where primary_need = 'SEMH'
