/*
title: Pupils on SEN support
priority: demand
question: What share of pupils is on SEN support, before any EHC plan?
kind: proportion
unit: "% of pupils on roll"
polarity: none
period: census
breakdowns: [phase, sex, fsm]
comparator:
  series: lait.SEN_TotSENSuP
  note: The published share counts pupils in all schools of the area at the same census, independent ones among them.
part_of: [all_sen_pupils_share]
sources: [pupil_census]
population: Pupils on roll in the borough's state-funded schools at the January census, wherever they live.
caveats:
  - These are pupils on roll in the borough's schools, not plans the authority maintains; the two populations differ and are never mixed.
  - A pupil is counted at the school of their single or main registration.
  - SEN support is decided by each school; practice differs between schools.
  - Locality, ward and deprivation are of the pupil's home; pupils from outside the borough are in the whole but in none of these.
statistic_of: people
*/
-- numerator: pupils on SEN support, whatever the need
select census_date as on_date, person_id, urn
from january_roll
where sen_provision = 'K'

-- denominator: all pupils on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn
from january_roll
