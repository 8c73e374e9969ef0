/*
title: Requests for an EHC needs assessment in the year
priority: demand
question: How many requests for an EHC needs assessment come in a year, and is it more than elsewhere?
kind: count
unit: requests
decimals: 0
polarity: none
period: calendar_year
breakdowns: [sex, age_band]
comparator:
  series: sen2.requests.requests_received_in_year
  note: The same count from the same return.
sources: [ehc_request, pupil_census]
population: Children and young people aged 0 to 25 for whom an assessment was asked, for any need.
caveats:
  - For any need; the need is not yet known when a request is made.
  - A request withdrawn before a decision is counted.
*/
-- numerator: requests received in the calendar year
select received_date as on_date, person_id
from request_need
