/*
title: SEMH placements out of the borough for want of a local place
priority: cost
question: How many children could have been placed locally had a suitable place existed?
kind: proportion
unit: "% of placements with a reason"
statistic_of: people
decimals: 1
polarity: low
period: financial_year
breakdowns: [locality]
no_comparator: Reasons for placing at a distance are not published.
sources: [placement_cost]
population: Placements of children with SEMH as primary need at independent or non-maintained special schools outside the borough on 31 March, with a reason recorded.
caveats:
  - No local provision, local provision full, or refused locally. Whether a new place would have been right for the child is a judgement.
  - Locality is that of the child's home.
*/
-- numerator: those where no local provision existed, it was full, or it refused
select on_date, person_id
from away_on_31_march
where semh and reason_at_distance in ('none_local', 'local_full', 'local_refused')

-- denominator: placements under way on 31 March with a reason recorded
select on_date, person_id
from away_on_31_march
where semh and reason_at_distance is not null
