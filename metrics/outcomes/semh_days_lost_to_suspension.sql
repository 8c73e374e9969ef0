/*
title: School days lost to suspension, pupils with SEMH as primary need
priority: outcomes
question: How much school do pupils with SEMH need lose to suspension?
kind: ratio
unit: days per 100 pupils
multiplier: 100
polarity: low
period: academic_year
breakdowns: [phase, sex, locality]
no_comparator: Days lost to suspension are not published for each authority.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan.
caveats:
  - A suspension lasts so many sessions, and two sessions make a day; a suspension returned without its length adds none.
  - A setting that did not return the January census is in neither number; one that missed a later census lacks the suspensions of that term.
  - The interval treats pupils, not days, as the units.
part_of: [all_days_lost_to_suspension]
*/
-- numerator: days of suspensions that began in the year at settings that returned the January census, of pupils with SEMH as primary need
select s.start_date as on_date, s.person_id, s.urn, s.sessions / 2.0 as amount
from suspension_returned s
join sen_pupil p on p.person_id = s.person_id and p.academic_year = s.academic_year and p.semh

-- denominator: pupils with SEMH as primary need on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn, 1.0 as amount
from january_roll
where sen_provision in ('K', 'E') and primary_need = 'SEMH'
