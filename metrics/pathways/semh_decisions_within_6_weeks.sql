/*
title: Decisions whether to assess made within 6 weeks for pupils with SEMH need
priority: pathways
question: How many of those who ask for an EHC needs assessment for pupils with SEMH need hear within six weeks?
kind: proportion
unit: "% of decisions"
polarity: high
period: calendar_year
breakdowns: [sex, age_band, locality]
no_comparator: The published files give requests and decisions, not how long a decision took.
sources: [ehc_request, pupil_census]
population: Children and young people aged 0 to 25 for whom an assessment was asked, whose school had recorded SEMH as primary need.
caveats:
  - Six weeks are 42 days from the day the request was received; decisions to assess and not to assess count alike.
  - A request names no need; SEMH is the primary need the pupil's school recorded at the January census of that school year, or of the year before. Children under school age and in independent schools are never among them.
  - Requests withdrawn before a decision are in neither number.
part_of: [all_decisions_within_6_weeks]
*/
-- numerator: decisions of the year made within 42 days of the request
select outcome_date as on_date, person_id
from request_need
where outcome in ('Y', 'N') and outcome_date >= received_date
    and date_diff('day', received_date, outcome_date) <= 42
    and semh

-- denominator: decisions of the year to assess or not to assess
select outcome_date as on_date, person_id
from request_need
where outcome in ('Y', 'N') and outcome_date >= received_date
    and semh
