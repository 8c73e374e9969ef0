/*
title: Gap in absence between pupils with SEMH and all pupils
priority: outcomes
question: How much more school do pupils with SEMH need miss than all pupils?
kind: computed
unit: "percentage points"
polarity: low
period: academic_year
breakdowns: []
no_comparator: Published only as two figures, each with its own comparator here.
sources: [attendance, pupil_census]
breaks:
  2024-09-01: Attendance codes changed in August 2024, so years before and after are counted otherwise
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan.
caveats:
  - The absence of pupils with SEMH as primary need less that of all pupils, themselves among them; both are measures of their own.
  - Codes changed in August 2024 for all pupils alike, so the gap is steadier than either figure.
method: gap_in_share
multiplier: 100
*/
-- numerator: sessions missed, and possible, of pupils with SEMH as primary need
select on_date, person_id, cast(missed as double) as amount, cast(possible as double) as value
from semh_pupil_absence

-- denominator: sessions missed, and possible, of all pupils
select on_date, person_id, cast(missed as double) as amount, cast(possible as double) as value
from pupil_absence
