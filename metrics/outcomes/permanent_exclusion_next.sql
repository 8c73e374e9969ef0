/*
title: Where permanently excluded pupils are at the next census
priority: outcomes
question: Where do permanently excluded pupils go next, and does anyone lose sight of them?
kind: proportion
unit: "% of permanent exclusions"
polarity: high
period: academic_year
breakdowns: [destination, sen, sex]
shares: [destination]
no_comparator: No published series follows excluded pupils.
sources: [suspension, pupil_census, ehe, missing_education]
population: Pupils permanently excluded from the borough's state-funded schools, at settings that returned the January census.
caveats:
  - The first school census after the exclusion, within 200 days, shows where the pupil is; a move after it does not.
  - Home education and missing education are those of the council's registers at any time.
  - The rest may have moved away, or be at a school that sends no census here.
  - By destination, each is a share of all permanent exclusions.
*/
-- numerator: permanent exclusions after which the pupil was at a school or provision at the next census, or home educated
select start_date as on_date, person_id, destination, sen
from excluded_next
where destination not in ('Not on a roll here', 'Missing education')

-- denominator: permanent exclusions that a later census could show
select start_date as on_date, person_id, sen
from excluded_next
