/*
title: Suspension rate, pupils with SEMH as primary need
priority: outcomes
question: Are pupils with SEMH need being suspended more or less often, and at which schools?
kind: rate
unit: suspensions per 100 pupils
multiplier: 100
polarity: low
period: academic_year
breakdowns: [phase, sex, locality, school]
no_comparator: Suspensions are not published by primary need for each authority; the rate for all pupils has a comparator.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan.
caveats:
  - Need is that recorded at the January census of the same academic year or, for a pupil not on roll then, of the year before.
  - One pupil may be suspended several times; the interval allows for it.
  - A setting that did not return the January census is in neither number; one that missed a later census lacks the suspensions of that term.
  - A suspension is counted at the school that suspended, a pupil at the school of their January registration.
part_of: [sen_suspension_rate]
*/
-- numerator: suspensions that began in the year at settings that returned the January census, of pupils whose primary need was SEMH in that year
select s.start_date as on_date, s.person_id, s.urn
from suspension_in_year s
join semh_pupil p on p.person_id = s.person_id and p.academic_year = s.academic_year
left join january_missing m on m.urn = s.urn and m.academic_year = s.academic_year
where m.urn is null

-- denominator: pupils with SEMH as primary need on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn
from january_roll
where sen_provision in ('K', 'E') and primary_need = 'SEMH'
