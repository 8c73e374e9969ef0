/*
title: Requests for an EHC needs assessment refused
priority: demand
question: What share of requests for an EHC needs assessment is refused?
kind: proportion
unit: "% of requests received in the year"
polarity: none
period: calendar_year
breakdowns: [sex, age_band, locality]
comparator:
  series: sen2.requests.request_not_assess_pc
  note: Of the requests received in the year, as published.
sources: [ehc_request, pupil_census]
population: Children and young people aged 0 to 25 for whom an assessment was asked, for any need.
caveats:
  - For any need; the need is not yet known when a request is made.
  - The first decision counts. One overturned by mediation or the tribunal is still a refusal here, as in the return.
  - Requests still undecided or withdrawn are in the whole.
*/
-- numerator: requests received in the year that were refused
select received_date as on_date, person_id
from request_need
where outcome = 'N'

-- denominator: requests received in the year
select received_date as on_date, person_id
from request_need
