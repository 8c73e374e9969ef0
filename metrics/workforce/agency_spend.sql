/*
title: Spending on agency staff
priority: workforce
question: What does covering empty posts cost?
kind: money
unit: pounds
decimals: 0
polarity: low
period: financial_year
breakdowns: [service]
no_comparator: Published agency figures are of children's social workers, another workforce.
sources: [workforce]
population: Services for children with SEMH needs that send their workforce return.
caveats:
  - Not adjusted for inflation. A month in which a service sent no return is not in it.
statistic_of: places
*/
-- numerator: spent on agency staff in each month
select on_date, service, agency_spend as amount
from live_workforce
where agency_spend is not null
