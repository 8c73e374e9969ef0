/*
title: SEMH share of pupils on SEN support
priority: demand
question: Of the pupils on SEN support, how many are there mainly for SEMH?
kind: proportion
unit: "% of pupils on SEN support"
polarity: none
period: census
breakdowns: [phase, sex]
no_comparator: Pupils on SEN support by primary need are not published for each authority in the files loaded.
sources: [pupil_census]
population: Pupils on SEN support in the borough's state-funded schools at the January census, wherever they live.
caveats:
  - A pupil is counted at the school of their single or main registration.
  - A school decides which need is primary; practice differs between schools.
  - A pupil on SEN support whose need was not sent counts among all of them.
statistic_of: people
*/
-- numerator: pupils on SEN support whose primary need was SEMH
select census_date as on_date, person_id, urn
from january_roll
where sen_provision = 'K' and primary_need = 'SEMH'

-- denominator: all pupils on SEN support at the January census
select census_date as on_date, person_id, urn
from january_roll
where sen_provision = 'K'
