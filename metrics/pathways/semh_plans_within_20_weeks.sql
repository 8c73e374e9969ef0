/*
title: EHC plans for SEMH issued within 20 weeks
priority: pathways
question: What share of EHC plans for SEMH is issued within the statutory 20 weeks?
kind: proportion
unit: "% of plans issued, without exceptions"
polarity: high
period: calendar_year
breakdowns: [sex, age_band, locality]
no_comparator: Published timeliness is not told apart by need.
sources: [ehc_assessment, ehc_request, ehc_plan]
population: Children and young people aged 0 to 25 who were issued a first EHC plan for SEMH.
caveats:
  - The clock runs from the day the request was received to the day the plan was issued; 140 days count as in time.
  - Cases in which a statutory exception applied are left out of both numbers.
  - The need is the one the plan first named; a plan no return gives a need for is left out.
statistic_of: people
part_of: [ehc_plans_within_20_weeks, semh_plans_within_20_weeks_with_exceptions]
*/
-- numerator: plans for SEMH issued in the year within 140 days of the request, where no exception applied
select issued_date as on_date, person_id
from plan_issued
where not exception and days <= 140 and primary_need = 'SEMH'

-- denominator: plans for SEMH issued in the year where no exception applied
select issued_date as on_date, person_id
from plan_issued
where not exception and primary_need = 'SEMH'
