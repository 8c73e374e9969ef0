/*
title: Spending on support outside CAMHS for each pupil with SEMH
priority: cost
question: Does the money follow need and deprivation?
kind: ratio
unit: pounds per pupil with SEMH as primary need
decimals: 0
polarity: none
period: academic_year
breakdowns: [deprivation, locality]
no_comparator: Local support is not collected nationally.
sources: [pupil_census, intervention, intervention_register]
population: Pupils on SEN support or with an EHC plan whose primary need was SEMH, on roll at the January census.
caveats:
  - Cost of support that began in the year, for these pupils alone; money spent on children without that need is not in it.
  - Only years that the record of support covers are shown. Not adjusted for inflation.
*/
-- numerator: cost of the support each of them began in the year
select census_date as on_date, person_id, cost as amount
from semh_pupil_helped

-- denominator: pupils with SEMH as primary need on roll at the January census
select census_date as on_date, person_id, 1.0 as amount
from semh_pupil_helped
