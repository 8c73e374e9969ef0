/*
title: Permanent exclusion rate, pupils with SEN
priority: outcomes
question: Are pupils with special educational needs permanently excluded more or less often?
kind: rate
unit: exclusions per 100 pupils
multiplier: 100
decimals: 2
polarity: low
period: academic_year
breakdowns: [sen, phase]
no_comparator: Published for each authority by term only, and for SEN support and EHC plans apart.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools on SEN support or with an EHC plan, for any need.
caveats:
  - Exclusions as schools reported them; one that governors or a review panel overturned later still counts until the school corrects its return.
  - A setting that did not return the January census is in neither number; one that missed a later census lacks the exclusions of that term.
  - Numbers are small, so the range is wide; judge the years together.
part_of: [all_permanent_exclusion_rate]
*/
-- numerator: permanent exclusions in the year at settings that returned the January census, of pupils with SEN support or an EHC plan
select start_date as on_date, person_id, urn, sen
from permanent_exclusion
where sen <> 'No SEN'

-- denominator: pupils with SEN support or an EHC plan on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn,
    case sen_provision when 'E' then 'EHC plan' else 'SEN support' end as sen
from january_roll
where sen_provision in ('K', 'E')
