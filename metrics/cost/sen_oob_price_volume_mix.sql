/*
title: Change in the bill for placements out of the borough, all needs
priority: cost
question: Did out-of-borough spending change because of more places, dearer places, or another mix of places?
kind: computed
unit: "pounds more than the year before"
method: change_of_spend
decimals: 0
polarity: none
period: financial_year
breakdowns: [driver]
no_comparator: A split of the borough's own bill; nothing like it is published.
sources: [placement_cost]
population: Placements of children and young people, for any need, at independent or non-maintained special schools outside the borough.
caveats:
  - It is exact, for number, price and mix add up to the change. Number is more or fewer child-years at the old mix and prices; mix is the shift between kinds of place at old prices; price is the rest, at the new numbers.
  - A kind of place is provider type, need (SEMH, autism, other) and day or residential. A kind new in the year has no old price and counts as mix. A dearer child of the same kind counts as price.
  - Cost is spread evenly over the days a placement lasted. The prices are those in the register now; where it keeps only the current price, earlier years are overstated.
*/
-- numerator: each placement's cost for the share of the year's days it lasted, this year and the last, by kind of place
select y.on_date, y.person_id, y.provider_id, y.annual_cost * y.share as amount, y.share as value,
    concat(coalesce(r.provider_type, 'not known'), ', ', y.need, ', ', y.residential)
        as kind_of_place
from away_year y
left join provider r on r.provider_id = y.provider_id
