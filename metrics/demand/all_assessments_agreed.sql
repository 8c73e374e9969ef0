/*
title: EHC needs assessments agreed
priority: demand
question: How many EHC needs assessments are agreed each year?
kind: count
unit: assessments
decimals: 0
polarity: none
period: calendar_year
breakdowns: [sex, age_band]
no_comparator: Published assessments are those finished in the year, not those agreed to.
sources: [ehc_request, pupil_census]
population: Children and young people aged 0 to 25 for whom an assessment was asked, for any need.
caveats:
  - For any need; the need is not yet known when a request is made.
  - Counted in the year of the decision, which can be the year after the request.
*/
-- numerator: decisions in the year to carry out an assessment
select outcome_date as on_date, person_id
from request_need
where outcome = 'Y' and outcome_date is not null
