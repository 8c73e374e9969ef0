/*
title: Permanent exclusions
priority: outcomes
question: How many pupils are permanently excluded, and how many of them have special educational needs?
kind: count
unit: exclusions
decimals: 0
polarity: low
period: academic_year
breakdowns: [sen, phase]
no_comparator: A number grows with the size of the borough; the rate has a comparator.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools.
caveats:
  - Exclusions as schools reported them, at settings that returned the January census.
  - SEN support or plan is that recorded at the January census of the same academic year or, for a pupil not on roll then, of the year before.
*/
-- numerator: permanent exclusions in the year at settings that returned the January census
select start_date as on_date, person_id, urn, sen
from permanent_exclusion
