/*
title: Pupils coded part time whose school reported no reduced timetable
priority: partnerships
question: Which reduced timetables does the council hear nothing of?
kind: proportion
unit: "% of pupils coded part time"
polarity: low
period: term
breakdowns: [phase, need, school]
no_comparator: Nobody publishes the two returns side by side.
sources: [attendance, reduced_timetable, pupil_census]
population: Pupils of the borough's schools with sessions coded C2, leave for a part-time timetable, in the term.
caveats:
  - The code is in use since August 2024, so earlier terms are not shown.
  - Attendance comes with the next census, so the latest term comes later than the schools' own returns.
  - A school may report late; a timetable reported for another part of the term counts as told.
*/
-- numerator: pupils with sessions coded part time, of whom the school reported no reduced timetable in the term
select on_date, person_id, urn
from part_time_pupil
where told = 0

-- denominator: pupils with sessions coded part time in the term
select on_date, person_id, urn
from part_time_pupil
