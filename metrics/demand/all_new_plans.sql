/*
title: New EHC plans
priority: demand
question: How many new EHC plans are issued each year?
kind: count
unit: plans
decimals: 0
polarity: none
period: calendar_year
breakdowns: [sex, age_band, locality]
comparator:
  series: sen2.newplans.new_ehc_plans
  note: The same count from the same return.
sources: [ehc_assessment, ehc_request, ehc_plan]
population: Children and young people aged 0 to 25 who were issued a first EHC plan, for any need.
caveats:
  - A plan that came with a child from another authority is not new.
  - A plan is counted on the day it was issued.
*/
-- numerator: first EHC plans issued in the calendar year
select issued_date as on_date, person_id
from plan_issued
