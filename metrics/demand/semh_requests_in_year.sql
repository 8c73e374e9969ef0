/*
title: Requests for an EHC needs assessment in the year for pupils with SEMH need
priority: demand
question: How many requests for an EHC needs assessment for pupils with SEMH need come in a year, and is it more than elsewhere?
kind: count
unit: requests
decimals: 0
polarity: none
period: calendar_year
breakdowns: [sex, age_band]
no_comparator: Published requests are not told apart by need.
sources: [ehc_request, pupil_census]
population: Children and young people aged 0 to 25 for whom an assessment was asked, whose school had recorded SEMH as primary need.
caveats:
  - A request names no need; SEMH is the primary need the pupil's school recorded at the January census of that school year, or of the year before. Children under school age and in independent schools are never among them.
  - A request withdrawn before a decision is counted.
part_of: [all_requests_in_year]
*/
-- numerator: requests received in the calendar year for pupils with SEMH need
select received_date as on_date, person_id
from request_need
where semh
