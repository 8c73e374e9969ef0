/*
title: EHC plans for SEMH issued within 20 weeks, exceptions included
priority: pathways
question: What share of all EHC plans for SEMH is issued within 20 weeks, whatever the reason for delay?
kind: proportion
unit: "% of plans issued"
polarity: high
period: calendar_year
no_comparator: Published timeliness is not told apart by need.
sources: [ehc_assessment, ehc_request, ehc_plan]
population: Children and young people aged 0 to 25 who were issued a first EHC plan for SEMH.
caveats:
  - The clock runs from the day the request was received to the day the plan was issued; 140 days count as in time.
  - Cases in which a statutory exception applied are counted like any other.
  - The need is the one the plan first named; a plan no return gives a need for is left out.
statistic_of: people
part_of: [all_plans_within_20_weeks_with_exceptions]
*/
-- numerator: plans for SEMH issued in the year within 140 days of the request
select issued_date as on_date, person_id
from plan_issued
where days <= 140 and primary_need = 'SEMH'

-- denominator: all plans for SEMH issued in the year
select issued_date as on_date, person_id
from plan_issued
where primary_need = 'SEMH'
