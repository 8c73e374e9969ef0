/*
title: Requests for an EHC needs assessment
priority: demand
question: How many requests for an EHC needs assessment come in each month?
kind: count
unit: requests
decimals: 0
polarity: none
period: month
breakdowns: [sex, age_band, locality]
no_comparator: Requests are published by calendar year, not by month; twelve months of this measure add up to the published figure.
sources: [ehc_request]
population: Children and young people aged 0 to 25 for whom an assessment was asked, for any need.
caveats:
  - Need is not yet known when a request is made, so all needs are counted.
  - Known from yearly returns, so the latest months come with the next return.
*/
-- numerator: requests for an EHC needs assessment received in the month
select received_date as on_date, person_id
from latest_request
