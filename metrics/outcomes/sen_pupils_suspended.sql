/*
title: Pupils with SEN suspended at least once
priority: outcomes
question: How many different pupils with special educational needs are suspended in a year?
kind: proportion
unit: "% of pupils"
polarity: low
period: academic_year
breakdowns: [sen, phase, locality]
no_comparator: Published by term, and for SEN support and EHC plans apart, not for both together over a year.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools on SEN support or with an EHC plan, for any need.
caveats:
  - However often a pupil was suspended, they are counted once. Only pupils on roll in January are counted, above and below the line.
  - A setting that did not return the January census is in neither number; one that missed a later census lacks the suspensions of that term.
statistic_of: people
part_of: [all_pupils_suspended]
*/
-- numerator: pupils with SEN support or an EHC plan on roll at the January census who were suspended at least once in the year
select r.census_date as on_date, r.person_id, r.urn,
    case r.sen_provision when 'E' then 'EHC plan' else 'SEN support' end as sen
from january_roll r
join suspended_pupil s on s.person_id = r.person_id and s.academic_year = r.academic_year
where r.sen_provision in ('K', 'E')

-- denominator: pupils with SEN support or an EHC plan on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn,
    case sen_provision when 'E' then 'EHC plan' else 'SEN support' end as sen
from january_roll
where sen_provision in ('K', 'E')
