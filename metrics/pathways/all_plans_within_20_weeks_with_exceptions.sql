/*
title: EHC plans issued within 20 weeks, exceptions included
priority: pathways
question: What share of all EHC plans is issued within 20 weeks, whatever the reason for delay?
kind: proportion
unit: "% of plans issued"
polarity: high
period: calendar_year
comparator:
  series: lait.SEN_EHC_All_20wks
  note: Same definition, for the same calendar year.
sources: [ehc_assessment, ehc_request, ehc_plan]
population: Children and young people aged 0 to 25 who were issued a first EHC plan, for any need.
caveats:
  - The clock runs from the day the request was received to the day the plan was issued; 140 days count as in time.
  - Cases in which a statutory exception applied are counted like any other.
statistic_of: people
*/
-- numerator: plans issued in the year within 140 days of the request
select issued_date as on_date, person_id
from plan_issued
where days <= 140

-- denominator: all plans issued in the year
select issued_date as on_date, person_id
from plan_issued
