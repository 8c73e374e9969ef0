/*
title: Suspensions of pupils with SEMH as primary need
priority: outcomes
question: Are pupils with SEMH need being suspended more or less often from month to month?
kind: count
unit: suspensions
decimals: 0
polarity: low
period: month
breakdowns: [phase, sex, locality]
no_comparator: Suspensions are published by term and year, not by month, and not by primary need for each authority.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan.
caveats:
  - Need is that recorded at the January census of the same academic year or, for a pupil not on roll then, of the year before.
  - Suspensions that a setting has not returned are missing from the count.
  - A pupil suspended twice is counted twice. Months differ in school days; August has none and is left out.
*/
-- numerator: suspensions that began in the month, of pupils whose primary need was SEMH in that academic year
select s.start_date as on_date, s.person_id, s.urn
from suspension_in_year s
join semh_pupil p on p.person_id = s.person_id and p.academic_year = s.academic_year
