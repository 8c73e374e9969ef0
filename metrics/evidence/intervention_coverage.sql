/*
title: Pupils with SEMH who had support outside CAMHS
priority: evidence
question: How much of the need does the support on offer reach, and whom does it miss?
kind: proportion
unit: "% of pupils with SEMH as primary need"
polarity: high
period: academic_year
breakdowns: [phase, locality, deprivation]
no_comparator: Local support is not collected nationally.
sources: [pupil_census, intervention, intervention_register]
population: Pupils on SEN support or with an EHC plan whose primary need was SEMH, on roll at the January census.
caveats:
  - Support that schools give from their own means and do not report is not in it.
  - Only years that the record of support covers are shown.
statistic_of: people
*/
-- numerator: those of them whose support began or was under way in the academic year
select census_date as on_date, person_id, urn
from semh_pupil_helped
where helped = 1

-- denominator: pupils with SEMH as primary need on roll at the January census
select census_date as on_date, person_id, urn
from semh_pupil_helped
