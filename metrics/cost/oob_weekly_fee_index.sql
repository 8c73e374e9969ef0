/*
title: Weekly fees of the same places out of the borough, against a year before
priority: cost
question: How fast do independent fees rise for children already placed?
kind: ratio
unit: "% of the fee a year before"
multiplier: 100
decimals: 1
polarity: low
period: financial_year
breakdowns: [provider_type]
no_comparator: Fees are not published; 100 means no rise.
pounds: true
sources: [placement_cost]
population: Placements of children with any need who were with the same independent or non-maintained provider, on the same kind of place, on 31 March of this year and the last.
caveats:
  - Weekly fee only, education, health and care together; transport is left out. 104 means four per cent dearer.
  - Children new to a provider are left out, so a dearer mix of places does not count as a rise.
  - Where the register keeps only the current price, this shows no rise.
*/
-- numerator: weekly fee on 31 March of each such place
select on_date, person_id, provider_id, fee as amount
from away_same_place

-- denominator: weekly fee of the same place a year before
select on_date, person_id, provider_id, fee_before as amount
from away_same_place
