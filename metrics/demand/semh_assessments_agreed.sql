/*
title: EHC needs assessments agreed for pupils with SEMH need
priority: demand
question: How many EHC needs assessments for pupils with SEMH need are agreed each year?
kind: count
unit: assessments
decimals: 0
polarity: none
period: calendar_year
breakdowns: [sex, age_band]
no_comparator: Published assessments are those finished in the year, not those agreed to.
sources: [ehc_request, pupil_census]
population: Children and young people aged 0 to 25 for whom an assessment was asked, whose school had recorded SEMH as primary need.
caveats:
  - A request names no need; SEMH is the primary need the pupil's school recorded at the January census of that school year, or of the year before. Children under school age and in independent schools are never among them.
  - Counted in the year of the decision, which can be the year after the request.
part_of: [all_assessments_agreed]
*/
-- numerator: decisions in the year to carry out an assessment for pupils with SEMH need
select outcome_date as on_date, person_id
from request_need
where outcome = 'Y' and outcome_date is not null and semh
