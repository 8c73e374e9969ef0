/*
title: Staff who had training in SEMH
priority: workforce
question: How many of the staff who should be trained are, by school, course and role?
kind: ratio
unit: "% of staff who should have it"
multiplier: 100
polarity: high
period: academic_year
breakdowns: [course, role, phase, school]
no_comparator: Schools' training is not collected nationally.
sources: [training]
population: Staff of schools that told of training in the year, counted once for each course their role should have.
caveats:
  - A school that sent no training record is in neither number; one that trained nobody and said so counts as none.
  - Where a school told of a course several times, staff are added up, to no more than there are.
  - All staff told of are counted, not sampled, so there is no interval.
statistic_of: places
*/
-- numerator: staff who came to the course in the year
select on_date, urn, course, role, attended as amount
from training_year

-- denominator: staff in post who should have the course
select on_date, urn, course, role, eligible as amount
from training_year
