-- One row per pupil on roll at a term's census at a school that returned the month in which the term
-- ended, on the last day of the term.
select e.day as on_date, c.person_id, c.urn
from pupil_term c
join calendar_day d on d.day = c.census_date
join calendar_day e on e.day = d.term_end
join live_reduced_timetable_return r on r.urn = c.urn and r.month = e.month_start
