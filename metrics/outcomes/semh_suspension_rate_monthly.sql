/*
title: Monthly suspension rate, pupils with SEMH as primary need
priority: outcomes
question: Are pupils with SEMH need being suspended more or less often from month to month, allowing for how many there are?
kind: rate
unit: suspensions per 100 pupils in the month
multiplier: 100
polarity: low
period: month
breakdowns: [phase]
no_comparator: Suspensions are published by term and year, not by month, and not by primary need for each authority.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan.
caveats:
  - Need is that recorded at the January census of the same academic year or, for a pupil not on roll then, of the year before.
  - Pupils are those of the January census of the same academic year, in every month of it; a month of a year whose January is still to come has no figure.
  - A setting that did not return the January census is in neither number; one that missed a later census lacks the suspensions of that term.
  - One pupil may be suspended several times; the interval allows for it. Months differ in school days; August has none and is left out.
*/
-- numerator: suspensions that began in the month at settings that returned the January census, of pupils whose primary need was SEMH in that academic year
select s.start_date as on_date, s.person_id, s.urn
from suspension_returned s
join sen_pupil p on p.person_id = s.person_id and p.academic_year = s.academic_year and p.semh

-- denominator: pupils with SEMH as primary need on roll at the January census of the academic year the month is in
select d.day as on_date, r.person_id, r.urn
from january_roll r
join calendar_day d on d.day = d.month_end and d.academic_year = r.academic_year
where r.sen_provision in ('K', 'E') and r.primary_need = 'SEMH'
