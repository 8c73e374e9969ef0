/*
title: Share of pupils on a reduced timetable whose need is SEMH
priority: outcomes
question: Of the pupils on a reduced timetable, how many have SEMH as primary need?
kind: proportion
unit: "% of pupils on a reduced timetable"
polarity: none
period: month
stock: true
breakdowns: [phase, sex, locality]
no_comparator: Reduced timetables are not published by need.
sources: [reduced_timetable, reduced_timetable_return, pupil_census]
population: Pupils whose school returned the month, on a reduced timetable on its last school day.
caveats:
  - Only schools that returned the month are counted; see how many did before comparing months.
  - Counted on the last school day of each month, so a timetable shorter than that may not show.
  - Need is that of the January census of the academic year or, for a pupil not on roll then, of the year before.
*/
-- numerator: pupils on a reduced timetable whose primary need was SEMH in that year
select on_date, person_id, urn
from timetable_told
where semh

-- denominator: pupils on a reduced timetable on the last school day of the month at schools that returned it
select on_date, person_id, urn
from timetable_told
