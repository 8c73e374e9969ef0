/*
title: Pupils on SEN support for SEMH
priority: demand
question: What share of pupils is on SEN support for SEMH, before any EHC plan?
kind: proportion
unit: "% of pupils on roll"
polarity: none
period: census
breakdowns: [phase, sex, fsm]
no_comparator: Pupils by primary need and kind of support are not published for each authority in the files loaded; the share of EHC plans is compared instead.
sources: [pupil_census]
population: Pupils on roll in the borough's state-funded schools at the January census, wherever they live.
caveats:
  - These are pupils on roll in the borough's schools, not plans the authority maintains; the two populations differ and are never mixed.
  - A pupil is counted at the school of their single or main registration.
  - A school decides which need is primary; practice differs between schools.
  - Locality, ward and deprivation are of the pupil's home; pupils from outside the borough are in the whole but in none of these.
statistic_of: people
part_of: [all_sen_support_share, semh_pupils_share]
*/
-- numerator: pupils on SEN support whose primary need was SEMH
select census_date as on_date, person_id, urn
from january_roll
where sen_provision = 'K' and primary_need = 'SEMH'

-- denominator: all pupils on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn
from january_roll
