/*
title: Schools that returned their reduced timetables
priority: partnerships
question: Which schools tell the council each month how many pupils are on a reduced timetable, nil included?
kind: proportion
unit: "% of schools asked"
polarity: high
period: month
breakdowns: [phase, locality, school]
no_comparator: Returns are a local arrangement; nothing is published.
sources: [reduced_timetable_return]
population: Schools of the borough open all month that owe a school census, without nurseries and colleges, in months of which any school returned.
caveats:
  - A nil return counts as returned; a school that said nothing is never read as having none.
  - Part-time sessions in the attendance codes (C2) show pupils whose school did not return.
statistic_of: places
*/
-- numerator: schools that returned the month, nil returns among them
select o.on_date, o.urn
from timetable_owed o
join live_reduced_timetable_return r on r.urn = o.urn and r.month = o.month

-- denominator: schools that were asked for the month
select on_date, urn
from timetable_owed
