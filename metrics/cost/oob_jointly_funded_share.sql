/*
title: SEMH placements out of the borough that are jointly funded
priority: cost
question: For how many placements do health or social care share the cost?
kind: proportion
unit: "% of placements"
statistic_of: people
decimals: 1
polarity: none
period: financial_year
breakdowns: [residential]
no_comparator: Joint funding is not published.
sources: [placement_cost]
population: Placements of children with SEMH as primary need at independent or non-maintained special schools outside the borough on 31 March.
caveats:
  - Jointly funded when health or social care pays any part of the weekly cost in the register.
  - A placement without any weekly cost in the register is left out.
*/
-- numerator: those of which health or social care pays a part
select on_date, person_id, residential
from away_on_31_march
where semh and annual_cost is not null and year_health + year_care > 0

-- denominator: placements under way on 31 March
select on_date, person_id, residential
from away_on_31_march
where semh and annual_cost is not null
