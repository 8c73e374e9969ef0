/*
title: Posts vacant in services for children with SEMH needs
priority: workforce
question: Where are posts empty?
kind: ratio
unit: "% of posts in the establishment"
multiplier: 100
polarity: low
period: month
stock: true
breakdowns: [service, post]
no_comparator: Published vacancy rates are of children's social workers, another workforce.
sources: [workforce]
population: Posts of the services that send their workforce return, on the last day of the month.
caveats:
  - Full-time equivalents. A post covered by an agency is vacant here; its cost is in agency spending.
statistic_of: places
*/
-- numerator: full-time equivalents not filled
select on_date, service, post, greatest(establishment_fte - in_post_fte, 0) as amount
from live_workforce

-- denominator: full-time equivalents in the establishment
select on_date, service, post, establishment_fte as amount
from live_workforce
