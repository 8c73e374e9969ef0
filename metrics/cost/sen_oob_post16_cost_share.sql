/*
title: Share of out-of-borough cost for young people aged 16 and over
priority: cost
question: What share of the cost of out-of-borough placements is post-16?
kind: ratio
unit: "% of a year's cost"
multiplier: 100
decimals: 1
polarity: none
period: financial_year
breakdowns: []
no_comparator: Not published for placements outside the borough.
pounds: true
sources: [placement_cost]
population: Children and young people with any need placed outside the borough at independent, non-maintained or specialist post-16 places on 31 March.
caveats:
  - Cost for a whole year of the places held on 31 March.
  - A placement without any weekly cost in the register is left out.
*/
-- numerator: cost for a year of the places of young people aged 16 or over
select on_date, person_id, provider_id, annual_cost as amount
from away_with_age
where age_on_day >= 16 and annual_cost is not null

-- denominator: cost for a year of all those places
select on_date, person_id, provider_id, annual_cost as amount
from away_with_age
where age_on_day is not null and annual_cost is not null
