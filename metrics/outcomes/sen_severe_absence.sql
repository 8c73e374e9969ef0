/*
title: Severe absence of pupils with SEN
priority: outcomes
question: How many pupils with any special educational need miss half or more of their schooling?
kind: proportion
unit: "% of pupils"
polarity: low
period: academic_year
breakdowns: [sen, phase, locality]
no_comparator: Published for SEN support and for EHC plans apart, not for both together.
sources: [attendance, pupil_census]
breaks:
  2024-09-01: Attendance codes changed in August 2024, so years before and after are counted otherwise
population: Pupils of the borough's state-funded schools on SEN support or with an EHC plan, for any need, with any possible session in the year.
caveats:
  - Summed from attendance codes. Codes changed in August 2024 (K, B and C2 among them), so years before and after are not quite alike.
  - A pupil of several schools in the year is counted once, at the last.
statistic_of: people
part_of: [all_severe_absence, sen_persistent_absence]
*/
-- numerator: pupils who missed at least 50 % of their possible sessions in the year
select on_date, person_id, urn, sen
from sen_pupil_absence
where missed >= 0.5 * possible

-- denominator: pupils with any possible session in the year
select on_date, person_id, urn, sen
from sen_pupil_absence
