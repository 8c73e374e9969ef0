/*
title: Median time from request to EHC plan for SEMH
priority: pathways
question: How long does it typically take from asking for an assessment to a plan for SEMH?
kind: quantile
quantile: 0.5
unit: weeks
polarity: low
period: calendar_year
breakdowns: [sex, age_band, locality]
no_comparator: The published files give the share issued within 20 weeks, not how long it took.
sources: [ehc_assessment, ehc_request, ehc_plan]
population: Children and young people aged 0 to 25 who were issued a first EHC plan for SEMH.
caveats:
  - Half of the plans took longer than this.
  - Exceptions are counted like any other.
  - It says nothing of requests still open; see those overdue.
  - The need is the one the plan first named; a plan no return gives a need for is left out.
part_of: [all_request_to_plan_median]
*/
-- numerator: weeks from request to plan of each first plan for SEMH issued in the year
select issued_date as on_date, person_id, days / 7.0 as value
from plan_issued
where primary_need = 'SEMH'
