/*
title: Reduced timetables that have lasted over 12 weeks
priority: outcomes
question: How many reduced timetables have gone on too long?
kind: proportion
unit: "% of reduced timetables"
polarity: low
period: month
stock: true
breakdowns: [phase, sex, need, locality]
no_comparator: The length of reduced timetables is not published.
sources: [reduced_timetable, reduced_timetable_return, pupil_census]
population: Reduced timetables under way on the last school day of a month that the school returned.
caveats:
  - Only schools that returned the month are counted; see how many did before comparing months.
  - Counted on the last school day of each month, so a timetable shorter than that may not show.
  - Guidance asks that a part-time timetable is short and has an end; 12 weeks is about one term.
*/
-- numerator: reduced timetables that began over 84 days before the last school day of the month
select on_date, person_id, urn
from timetable_told
where days > 84

-- denominator: reduced timetables under way on the last school day of the month at schools that returned it
select on_date, person_id, urn
from timetable_told
