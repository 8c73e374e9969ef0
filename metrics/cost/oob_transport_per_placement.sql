/*
title: Yearly transport for an SEMH placement in an independent school out of the borough
priority: cost
question: What does getting a child to an independent school outside the borough cost?
kind: mean
unit: "pounds a year"
decimals: 0
polarity: low
period: financial_year
breakdowns: [residential]
no_comparator: Home-to-school transport is published for all pupils with SEN together.
sources: [placement_cost]
population: Placements of children with SEMH as primary need at independent or non-maintained special schools outside the borough on 31 March.
caveats:
  - A place without transport counts as none; the register does not tell none from not recorded.
*/
-- numerator: transport for a year of each placement under way on 31 March
select on_date, person_id, provider_id, residential, year_transport as value
from away_on_31_march
where semh
