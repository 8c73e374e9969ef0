/*
title: Absence of all pupils
priority: outcomes
question: How much school do pupils miss, against England and similar boroughs?
kind: ratio
unit: "% of possible sessions"
multiplier: 100
decimals: 1
polarity: low
period: academic_year
breakdowns: [phase, locality, school]
comparator:
  series: lait.TotAbs
  note: Same definition; the published figure covers pupils of compulsory school age.
sources: [attendance, pupil_census]
breaks:
  2024-09-01: Attendance codes changed in August 2024, so years before and after are counted otherwise
population: Pupils of the borough's state-funded schools.
caveats:
  - Summed from attendance codes. Codes changed in August 2024 (K, B and C2 among them), so years before and after are not quite alike.
  - A part-time timetable (C2) counts as absence; education arranged elsewhere (K and B) does not.
  - The interval treats pupils, not sessions, as the units.
*/
-- numerator: sessions missed, authorised or not
select term_start as on_date, person_id, urn, cast(missed as double) as amount
from pupil_sessions

-- denominator: possible sessions
select term_start as on_date, person_id, urn, cast(possible as double) as amount
from pupil_sessions
