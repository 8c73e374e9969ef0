/*
title: Yearly cost of a placement in an independent school out of the borough, all needs
priority: cost
question: What does one independent placement out of the borough cost in a year, all in, by need, age and kind of place?
kind: mean
unit: "pounds a year"
decimals: 0
polarity: low
period: financial_year
breakdowns: [need, provider_type, age_band, residential]
no_comparator: The department's cost per plan leaves out health, care and transport, and sets financial-year spending against January plans; it is measured on its own definition beside this one.
sources: [placement_cost]
population: Placements of children and young people, for any need, at independent or non-maintained special schools outside the borough on 31 March.
caveats:
  - Education, health and social care shares and transport together, whoever pays; at the price on 31 March for a whole year.
  - A placement without any weekly cost in the register is left out.
*/
-- numerator: cost for a year of each placement under way on 31 March
select on_date, person_id, provider_id, residential, need, annual_cost as value
from away_on_31_march
where annual_cost is not null
