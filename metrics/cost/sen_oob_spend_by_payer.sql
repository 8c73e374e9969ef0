/*
title: Who pays for placements in independent schools out of the borough, all needs
priority: cost
question: How is the cost shared between education, health, social care and transport?
kind: money
unit: "pounds in the year"
decimals: 0
polarity: none
period: financial_year
breakdowns: [payer]
no_comparator: Published spending is that of education alone.
sources: [placement_cost]
population: Placements of children and young people, for any need, at independent or non-maintained special schools outside the borough.
caveats:
  - Shares are those agreed in the register, spread evenly over the days a placement lasted; who was invoiced may differ.
  - Where the education share of a jointly funded place is not told apart, education is overstated.
*/
-- numerator: each placement's cost by who pays, for the share of the financial year's days it lasted
select on_date, person_id, provider_id, payer, amount
from away_spend
