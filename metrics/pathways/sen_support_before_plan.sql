/*
title: Children with SEN support before their first EHC plan
priority: pathways
question: What share of children were helped at school before a plan was needed?
kind: proportion
unit: "% of first plans of children on roll"
polarity: high
period: calendar_year
breakdowns: [need, sex, age_band]
no_comparator: Support before a plan is not published.
sources: [ehc_assessment, ehc_request, ehc_plan, pupil_census]
population: Children issued a first EHC plan who were on roll in the borough's state-funded schools at a January census in the two years before.
caveats:
  - Help before a plan means SEN support recorded at either of the last two January censuses. Help from health services is in records with other identifiers and is not counted.
  - Children too young for school, or at schools elsewhere, are in neither number.
statistic_of: people
*/
-- numerator: those recorded with SEN support at a January census in the two years before
select issued_date as on_date, person_id, need
from first_plan_support
where supported = 1

-- denominator: first plans issued in the year to children on roll at a January census in the two years before
select issued_date as on_date, person_id, need
from first_plan_support
