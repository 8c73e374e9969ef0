/*
title: Dedicated schools grant, balance carried forward
priority: cost
question: Is the grant in surplus or deficit at the year's end?
kind: money
unit: pounds
decimals: 0
polarity: high
period: financial_year
stock: true
no_comparator: The published balance comes a year late; see the share of the grant.
sources: [dsg_balance]
population: The authority's dedicated schools grant.
caveats:
  - Below nought is a deficit. All blocks together; the high-needs block alone is not published as a balance.
  - Money received under an agreement with the department is in the balance.
statistic_of: places
*/
-- numerator: carried forward at the year's end
select on_date, carried_forward as amount
from dsg_year
