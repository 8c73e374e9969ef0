/*
title: Pupils on a reduced timetable per 1,000 on roll
priority: outcomes
question: At which schools are most pupils on a reduced timetable?
kind: rate
unit: pupils per 1,000 on roll
multiplier: 1000
polarity: low
period: term
breakdowns: [phase, school]
stock: true
no_comparator: The published rate counts part-time sessions by attendance code, not timetables schools report.
sources: [reduced_timetable, reduced_timetable_return, pupil_census]
population: Pupils of schools that returned the month in which the term ended.
caveats:
  - Counted on the last day of the term; a school that did not return that month is in neither number, and one that returned nil is zero.
  - A school that became an academy is the same school; each term stands under the URN it had then.
*/
-- numerator: pupils on a reduced timetable on the last day of the term, at schools that returned that month
select distinct d.day as on_date, t.person_id, r.urn
from live_reduced_timetable t
join calendar_day d on d.day = d.term_end and d.day >= t.start_date
    and (t.end_date is null or d.day <= t.end_date)
left join school_line a on a.urn = t.urn
join timetable_return r on r.line_urn = coalesce(a.line_urn, t.urn) and r.month = d.month_start

-- denominator: pupils on roll at the term's census at schools that returned the month in which the term ended
select on_date, person_id, urn
from timetable_term_roll
