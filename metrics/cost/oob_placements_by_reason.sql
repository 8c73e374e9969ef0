/*
title: Why children with SEMH need are placed out of the borough
priority: cost
question: Why are children placed outside the borough, and for how many was there no local place?
kind: count
unit: "placements"
decimals: 0
polarity: none
period: financial_year
breakdowns: [reason]
no_comparator: Reasons for placing at a distance are not published.
sources: [placement_cost]
population: Placements of children with SEMH as primary need at independent or non-maintained special schools outside the borough on 31 March.
caveats:
  - The reason recorded when the place was made; one reason to a place.
*/
-- numerator: placements under way on 31 March, by the reason recorded
select on_date, person_id,
    case reason_at_distance
        when 'none_local' then 'No local provision' when 'local_full' then 'Local provision full'
        when 'local_refused' then 'Refused locally' when 'specialist' then 'Specialist provision'
        when 'parental_preference' then 'Parental preference' when 'tribunal' then 'Tribunal'
        else 'Other or not known'
    end as reason
from away_on_31_march
where semh
