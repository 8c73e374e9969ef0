/*
title: Pupils with SEMH need who live outside the borough
priority: demand
question: How many pupils with SEMH need come to the borough's schools from elsewhere?
kind: proportion
unit: "% of pupils with SEMH need whose home is known"
polarity: none
period: census
breakdowns: [phase]
no_comparator: Cross-border movement is published for all pupils, not for those with special educational needs.
part_of: [all_sen_pupils_from_elsewhere]
sources: [pupil_census]
population: Pupils with SEMH need on roll in the borough's state-funded schools at the January census whose home area is known.
caveats:
  - This is one half of the movement across the boundary; residents educated outside the borough are under Sufficiency, by plans placed in the borough. The school census does not show residents without a plan who go to school elsewhere, so net movement is not measured.
  - A pupil whose postcode was not sent is in neither number.
statistic_of: people
*/
-- numerator: pupils with SEMH need who live outside the borough
select census_date as on_date, person_id, urn
from pupil_home
where sen_provision in ('K', 'E') and primary_need = 'SEMH'
    and lives_elsewhere

-- denominator: pupils with SEMH need whose home area is known
select census_date as on_date, person_id, urn
from pupil_home
where sen_provision in ('K', 'E') and primary_need = 'SEMH'
