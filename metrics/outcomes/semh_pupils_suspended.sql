/*
title: Pupils with SEMH as primary need suspended at least once
priority: outcomes
question: How many different pupils with SEMH need are suspended in a year?
kind: proportion
unit: "% of pupils"
polarity: low
period: academic_year
breakdowns: [phase, sex, locality]
no_comparator: Published shares are for all pupils of each authority; the figure for all pupils has that comparator.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan.
caveats:
  - However often a pupil was suspended, they are counted once. Only pupils on roll in January are counted, above and below the line.
  - A setting that did not return the January census is in neither number; one that missed a later census lacks the suspensions of that term.
statistic_of: people
part_of: [sen_pupils_suspended]
*/
-- numerator: pupils with SEMH as primary need on roll at the January census who were suspended at least once in the year
select r.census_date as on_date, r.person_id, r.urn
from january_roll r
join suspended_pupil s on s.person_id = r.person_id and s.academic_year = r.academic_year
where r.sen_provision in ('K', 'E') and r.primary_need = 'SEMH'

-- denominator: pupils with SEMH as primary need on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn
from january_roll
where sen_provision in ('K', 'E') and primary_need = 'SEMH'
