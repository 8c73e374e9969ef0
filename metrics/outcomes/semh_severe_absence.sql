/*
title: Severe absence of pupils with SEMH as primary need
priority: outcomes
question: How many pupils with SEMH need miss half or more of their schooling?
kind: proportion
unit: "% of pupils"
polarity: low
period: academic_year
breakdowns: [phase, sex, fsm, year_group, locality, school]
comparator:
  series: absence_by_need.semh.enrolments_pa_50_exact_percent
  note: The published figure counts enrolments, so a pupil at two schools counts twice there and once here.
sources: [attendance, pupil_census]
breaks:
  2024-09-01: Attendance codes changed in August 2024, so years before and after are counted otherwise
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan, with any possible session in the year.
caveats:
  - Summed from attendance codes. Codes changed in August 2024 (K, B and C2 among them), so years before and after are not quite alike.
  - A pupil of several schools in the year is counted once, at the last.
statistic_of: people
part_of: [sen_severe_absence, semh_persistent_absence]
*/
-- numerator: pupils who missed at least 50 % of their possible sessions in the year
select on_date, person_id, urn
from semh_pupil_absence
where missed >= 0.5 * possible

-- denominator: pupils with any possible session in the year
select on_date, person_id, urn
from semh_pupil_absence
