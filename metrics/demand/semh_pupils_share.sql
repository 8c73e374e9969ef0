/*
title: Pupils with SEMH as primary need
priority: demand
question: What share of pupils have SEMH as their main need, and in which groups, areas and schools?
kind: proportion
unit: "% of pupils on roll"
polarity: none
period: census
breakdowns: [phase, sex, year_group, fsm, ethnicity, deprivation, locality, ward, school]
no_comparator: Counts of pupils by primary need at SEN support are not published for each authority.
part_of: [all_sen_pupils_share]
sources: [pupil_census]
population: Pupils on roll in the borough's state-funded schools at the January census, wherever they live.
caveats:
  - A pupil is counted at the school of their single or main registration.
  - A school decides which need is primary; practice differs between schools.
  - Locality, ward and deprivation are of the pupil's home; pupils from outside the borough are in the whole but in none of these.
statistic_of: people
*/
-- numerator: pupils on SEN support or with an EHC plan whose primary need was SEMH
select census_date as on_date, person_id, urn
from january_roll
where sen_provision in ('K', 'E') and primary_need = 'SEMH'

-- denominator: all pupils on roll at the January census, sole and dual-main registrations
select census_date as on_date, person_id, urn
from january_roll
