/*
title: EHC plans issued within 20 weeks
priority: pathways
question: What share of EHC plans is issued within the statutory 20 weeks?
kind: proportion
unit: "% of plans issued, without exceptions"
polarity: high
period: calendar_year
breakdowns: [sex, age_band, locality]
comparator:
  series: lait.SEN_EHC_Excpt_20wks
  note: Same definition, for the same calendar year.
sources: [ehc_assessment, ehc_request, ehc_plan]
population: Children and young people aged 0 to 25 who were issued a first EHC plan, for any need.
caveats:
  - The clock runs from the day the request was received to the day the plan was issued; 140 days count as in time.
  - Cases in which a statutory exception applied are left out of both numbers.
statistic_of: people
# Not part_of all_plans_within_20_weeks_with_exceptions: the department publishes both for each authority, so the cases between them are public.
*/
-- numerator: plans issued in the year within 140 days of the request, where no exception applied
select issued_date as on_date, person_id
from plan_issued
where not exception and days <= 140

-- denominator: plans issued in the year where no exception applied
select issued_date as on_date, person_id
from plan_issued
where not exception
