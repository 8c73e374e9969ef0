/*
title: Pupils on roll with an EHC plan for SEMH
priority: demand
question: How many pupils in the borough's schools have an EHC plan for SEMH, against the plans the authority maintains?
kind: count
unit: pupils
decimals: 0
polarity: none
period: census
no_comparator: Published as a share of pupils; see the share of pupils with an EHC plan.
sources: [pupil_census]
population: Pupils on roll in the borough's state-funded schools at the January census with an EHC plan, wherever they live and whichever authority maintains the plan.
caveats:
  - Set it beside the EHC plans maintained, and never add or subtract the two. Pupils from elsewhere hold other authorities' plans, and the authority maintains plans of children under school age, over 16, in independent and further education, and outside the borough.
  - A pupil is counted at the school of their single or main registration.
part_of: [all_pupils_with_plan]
*/
-- numerator: pupils on roll with an EHC plan whose primary need was SEMH
select census_date as on_date, person_id, urn
from january_roll
where sen_provision = 'E' and primary_need = 'SEMH'
