/*
title: Permanent exclusion rate, pupils with SEMH as primary need
priority: outcomes
question: Are pupils with SEMH need permanently excluded more or less often?
kind: rate
unit: exclusions per 100 pupils
multiplier: 100
decimals: 2
polarity: low
period: academic_year
breakdowns: [phase]
no_comparator: Permanent exclusions are not published by primary need for each authority; the rate for all pupils has a comparator.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan.
caveats:
  - Exclusions as schools reported them; one that governors or a review panel overturned later still counts until the school corrects its return.
  - A setting that did not return the January census is in neither number; one that missed a later census lacks the exclusions of that term.
  - Numbers are small, so the range is wide; judge the years together.
part_of: [sen_permanent_exclusion_rate]
*/
-- numerator: permanent exclusions in the year at settings that returned the January census, of pupils with SEMH as primary need
select start_date as on_date, person_id, urn
from permanent_exclusion
where semh

-- denominator: pupils with SEMH as primary need on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn
from january_roll
where sen_provision in ('K', 'E') and primary_need = 'SEMH'
