/*
title: Suspension rate, pupils with SEN
priority: outcomes
question: Are pupils with any special educational need suspended more or less often?
kind: rate
unit: suspensions per 100 pupils
multiplier: 100
polarity: low
period: academic_year
breakdowns: [sen, phase, locality]
no_comparator: Published by term, and for SEN support and EHC plans apart, not for both together over a year.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools on SEN support or with an EHC plan, for any need.
caveats:
  - SEN support or plan is that recorded at the January census of the same academic year or, for a pupil not on roll then, of the year before.
  - One pupil may be suspended several times; the interval allows for it.
  - A setting that did not return the January census is in neither number; one that missed a later census lacks the suspensions of that term.
  - Lunchtime suspensions are counted; permanent exclusions are not.
part_of: [all_suspension_rate]
*/
-- numerator: suspensions that began in the year at settings that returned the January census, of pupils with SEN support or an EHC plan in that year
select s.start_date as on_date, s.person_id, s.urn, p.sen
from suspension_returned s
join sen_pupil p on p.person_id = s.person_id and p.academic_year = s.academic_year

-- denominator: pupils with SEN support or an EHC plan on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn,
    case sen_provision when 'E' then 'EHC plan' else 'SEN support' end as sen
from january_roll
where sen_provision in ('K', 'E')
