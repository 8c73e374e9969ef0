/*
title: Dedicated schools grant, balance as a share of the grant
priority: cost
question: How large is the deficit beside the grant?
kind: ratio
unit: "% of the year's grant"
multiplier: 100
polarity: high
period: financial_year
stock: true
no_comparator: The department's published deficit is a share of income, which counts other money too.
pounds: true
sources: [dsg_balance]
population: The authority's dedicated schools grant.
caveats:
  - Below nought is a deficit. The grant is the whole allocation of the year.
statistic_of: places
*/
-- numerator: carried forward at the year's end
select on_date, carried_forward as amount
from dsg_year

-- denominator: the year's grant
select on_date, allocation as amount
from dsg_year
