/*
title: Pupils on a reduced timetable
priority: outcomes
question: How many pupils are on a reduced timetable, and who are they?
kind: count
unit: pupils
decimals: 0
polarity: low
period: month
stock: true
breakdowns: [phase, sex, need, locality]
no_comparator: The published rate counts part-time sessions by attendance code, not timetables schools report.
sources: [reduced_timetable, reduced_timetable_return, pupil_census]
population: Pupils whose school returned the month, on a reduced timetable on its last school day.
caveats:
  - Only schools that returned the month are counted; see how many did before comparing months.
  - Counted on the last school day of each month, so a timetable shorter than that may not show.
*/
-- numerator: pupils on a reduced timetable on the last school day of the month at schools that returned it
select distinct on_date, person_id, urn
from timetable_told
