/*
title: Decisions whether to assess made within 6 weeks
priority: pathways
question: How many of those who ask for an EHC needs assessment hear within six weeks?
kind: proportion
unit: "% of decisions"
polarity: high
period: calendar_year
breakdowns: [sex, age_band, locality]
no_comparator: The published files give requests and decisions, not how long a decision took.
sources: [ehc_request, pupil_census]
population: Children and young people aged 0 to 25 for whom an assessment was asked, for any need.
caveats:
  - Six weeks are 42 days from the day the request was received; decisions to assess and not to assess count alike.
  - Requests withdrawn before a decision are in neither number.
*/
-- numerator: decisions of the year made within 42 days of the request
select outcome_date as on_date, person_id
from request_need
where outcome in ('Y', 'N') and outcome_date >= received_date
    and date_diff('day', received_date, outcome_date) <= 42

-- denominator: decisions of the year to assess or not to assess
select outcome_date as on_date, person_id
from request_need
where outcome in ('Y', 'N') and outcome_date >= received_date
