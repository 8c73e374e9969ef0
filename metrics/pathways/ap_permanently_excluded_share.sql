/*
title: Alternative provision pupils there after a permanent exclusion
priority: pathways
question: Of the pupils in the borough's alternative provision, how many were permanently excluded?
kind: proportion
unit: "% of pupils in alternative provision"
polarity: none
period: census
breakdowns: [reason, sex, need]
shares: [reason]
no_comparator: The published reasons cover placements the authority pays for, on another collection.
sources: [ap_census]
population: Pupils on the roll of the borough's pupil referral units and alternative provision academies at the January census.
caveats:
  - The reason is the one the provision returned; several may hold.
  - By reason, each is a share of all pupils; only the reasons given add up to the whole.
statistic_of: people
*/
-- numerator: pupils whose provision gave permanent exclusion as the reason
select census_date as on_date, person_id, reason
from ap_pupil
where reason_code = 'PEX'

-- denominator: pupils on roll of alternative provision at the January census
select census_date as on_date, person_id
from ap_pupil
