/*
title: Suspension rate, all pupils
priority: outcomes
question: How often are pupils suspended, against England and similar boroughs?
kind: rate
unit: suspensions per 100 pupils
multiplier: 100
polarity: low
period: academic_year
breakdowns: [phase, sex, locality, school]
comparator:
  series: lait.TotFixedEx
  note: Same definition; the published figure is final, the local one changes while schools correct their returns.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools.
caveats:
  - One pupil may be suspended several times; the interval allows for it.
  - A setting that did not return the January census is in neither number; one that missed a later census lacks the suspensions of that term.
  - Lunchtime suspensions are counted; permanent exclusions are not.
*/
-- numerator: suspensions that began in the year at settings that returned the January census
select s.start_date as on_date, s.person_id, s.urn
from suspension_in_year s
left join january_missing m on m.urn = s.urn and m.academic_year = s.academic_year
where m.urn is null

-- denominator: pupils on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn
from january_roll
