/*
title: Children out of full-time school
priority: outcomes
question: How many children are out of full-time school in some way, each counted once?
kind: count
unit: children
decimals: 0
polarity: low
period: academic_year
breakdowns: [way, need, sex, age_band, locality]
no_comparator: The ways are published one by one, and nobody publishes them with each child counted once.
sources: [attendance, suspension, reduced_timetable, missing_education, ehe, ehc_plan, placement, pupil_census]
population: Children and young people of the borough's schools, registers and EHC plans who in the academic year were permanently excluded, educated otherwise than at school under a plan, home educated, missing education, absent for half of their sessions, or on a reduced timetable.
caveats:
  - A child who is several of these in a year is counted once, under the first of that list.
  - Reduced timetables are known only from schools that returned; severe absence only of pupils of statutory age.
  - Other arrangements of a plan are counted as educated otherwise than at school.
statistic_of: people
*/
-- numerator: children who were out of full-time school in some way in the academic year
select on_date, person_id, way
from child_out_of_school
