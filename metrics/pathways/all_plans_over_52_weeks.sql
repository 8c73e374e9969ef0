/*
title: EHC plans that took over 52 weeks
priority: pathways
question: What share of EHC plans takes more than a year?
kind: proportion
unit: "% of plans issued"
polarity: low
period: calendar_year
breakdowns: [sex, age_band, locality]
no_comparator: The published band of over 52 weeks is not among the series loaded.
sources: [ehc_assessment, ehc_request, ehc_plan]
population: Children and young people aged 0 to 25 who were issued a first EHC plan, for any need.
caveats:
  - The clock runs from the day the request was received to the day the plan was issued; 52 weeks are 364 days.
  - Cases in which a statutory exception applied are counted like any other.
statistic_of: people
*/
-- numerator: plans issued in the year more than 364 days after the request
select issued_date as on_date, person_id
from plan_issued
where days > 364

-- denominator: all plans issued in the year
select issued_date as on_date, person_id
from plan_issued
