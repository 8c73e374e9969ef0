/*
title: Absence of pupils with SEMH as primary need
priority: outcomes
question: How much school do pupils with SEMH need miss?
kind: ratio
unit: "% of possible sessions"
multiplier: 100
polarity: low
period: academic_year
breakdowns: [phase, sex, fsm, locality, school]
comparator:
  series: absence_by_need.semh.sess_overall_percent
  note: Same definition; the published figure covers pupils of compulsory school age.
sources: [attendance, pupil_census]
breaks:
  2024-09-01: Attendance codes changed in August 2024, so years before and after are counted otherwise
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan.
caveats:
  - Summed from attendance codes. Codes changed in August 2024 (K, B and C2 among them), so years before and after are not quite alike.
  - A part-time timetable (C2) counts as absence; education arranged elsewhere (K and B) does not.
  - The interval treats pupils, not sessions, as the units.
part_of: [sen_absence]
*/
-- numerator: sessions missed, authorised or not
select term_start as on_date, person_id, urn, cast(missed as double) as amount
from semh_sessions

-- denominator: possible sessions
select term_start as on_date, person_id, urn, cast(possible as double) as amount
from semh_sessions
