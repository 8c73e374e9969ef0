/*
title: Requests for an EHC needs assessment refused for pupils with SEMH need
priority: demand
question: What share of requests for an EHC needs assessment for pupils with SEMH need is refused?
kind: proportion
unit: "% of requests received in the year"
polarity: none
period: calendar_year
breakdowns: [sex, age_band, locality]
no_comparator: Published refusals are not told apart by need.
sources: [ehc_request, pupil_census]
population: Children and young people aged 0 to 25 for whom an assessment was asked, whose school had recorded SEMH as primary need.
caveats:
  - A request names no need; SEMH is the primary need the pupil's school recorded at the January census of that school year, or of the year before. Children under school age and in independent schools are never among them.
  - The first decision counts. One overturned by mediation or the tribunal is still a refusal here, as in the return.
  - Requests still undecided or withdrawn are in the whole.
part_of: [all_requests_refused]
*/
-- numerator: requests received in the year for pupils with SEMH need that were refused
select received_date as on_date, person_id
from request_need
where outcome = 'N' and semh

-- denominator: requests received in the year for pupils with SEMH need
select received_date as on_date, person_id
from request_need
where semh
