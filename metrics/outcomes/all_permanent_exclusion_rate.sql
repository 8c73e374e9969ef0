/*
title: Permanent exclusion rate, all pupils
priority: outcomes
question: How often are pupils permanently excluded, against England and similar boroughs?
kind: rate
unit: exclusions per 100 pupils
multiplier: 100
decimals: 2
polarity: low
period: academic_year
breakdowns: [phase]
comparator:
  series: lait.TotPermEx
  note: Same definition; the published figure is final, the local one changes while schools correct their returns.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools.
caveats:
  - Exclusions as schools reported them; one that governors or a review panel overturned later still counts until the school corrects its return.
  - A setting that did not return the January census is in neither number; one that missed a later census lacks the exclusions of that term.
  - Numbers are small, so the range is wide; judge the years together.
*/
-- numerator: permanent exclusions in the year at settings that returned the January census, of all pupils
select start_date as on_date, person_id, urn
from permanent_exclusion

-- denominator: pupils on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn
from january_roll
