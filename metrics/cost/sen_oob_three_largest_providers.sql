/*
title: Share of out-of-borough spending with the three largest providers
priority: cost
question: How far does the borough depend on a few providers?
kind: computed
unit: "% of spending"
method: sum_over_sum
multiplier: 100
decimals: 1
polarity: none
period: financial_year
breakdowns: []
no_comparator: What each borough pays each provider is not published.
pounds: true
sources: [placement_cost]
population: Placements of children and young people, for any need, at independent or non-maintained special schools outside the borough.
caveats:
  - The three providers paid the most in that year; which they are may change from year to year.
  - Cost is spread evenly over the days a placement lasted.
*/
-- numerator: spending in the year with the three providers paid the most
select y.on_date, y.person_id, y.provider_id, y.annual_cost * y.share as amount
from away_year y
join (
    select on_date, provider_id,
        row_number() over (
            partition by on_date order by sum(annual_cost * share) desc, provider_id
        ) as place
    from away_year
    group by on_date, provider_id
) largest on largest.on_date = y.on_date and largest.provider_id = y.provider_id
    and largest.place <= 3

-- denominator: all spending in the year
select on_date, person_id, provider_id, annual_cost * share as amount
from away_year
