/*
title: Pupils suspended at least once
priority: outcomes
question: How many different pupils are suspended in a year, against England?
kind: proportion
unit: "% of pupils"
polarity: low
period: academic_year
breakdowns: [phase, sex, locality]
comparator:
  series: lait.Total_ Pup_FixedEx
  note: The published share divides by headcount and counts pupils who were suspended and had left by January.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools.
caveats:
  - However often a pupil was suspended, they are counted once. Only pupils on roll in January are counted, above and below the line.
  - A setting that did not return the January census is in neither number; one that missed a later census lacks the suspensions of that term.
statistic_of: people
*/
-- numerator: all pupils on roll at the January census who were suspended at least once in the year
select r.census_date as on_date, r.person_id, r.urn
from january_roll r
join suspended_pupil s on s.person_id = r.person_id and s.academic_year = r.academic_year

-- denominator: pupils on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn
from january_roll
