/*
title: Spending on placements in independent schools out of the borough, all needs
priority: cost
question: What is spent in all on independent placements outside the borough, and for whom?
kind: money
unit: "pounds in the year"
decimals: 0
polarity: low
period: financial_year
breakdowns: [need, provider_type, age_band, residential]
no_comparator: Section 251 spending on independent schools leaves out health, care and transport, and counts schools inside the borough.
sources: [placement_cost]
population: Placements of children and young people, for any need, at independent or non-maintained special schools outside the borough.
caveats:
  - Cost is spread evenly over the days of the year and counted for the days a placement lasted; invoices fall differently.
  - Education, health and social care shares and transport together, whoever pays; not adjusted for inflation.
  - The prices are those in the register now; where it keeps only the current price, earlier years are overstated.
*/
-- numerator: each placement's yearly cost for the share of the financial year's days it lasted
select on_date, person_id, provider_id, residential, need, annual_cost * share as amount
from away_year
