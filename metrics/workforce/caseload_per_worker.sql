/*
title: Children for each worker in post
priority: workforce
question: How many children does each worker carry, and where is it too many?
kind: ratio
unit: children per full-time equivalent in post
polarity: low
period: month
stock: true
breakdowns: [service, post]
no_comparator: Services count cases differently; nothing alike is published.
sources: [workforce]
population: Posts that carry children, on the last day of the month.
caveats:
  - Posts filled by agency staff are not in post here, so a service that leans on agencies looks busier than it is.
  - Posts that carry no children, managers for instance, are in neither number.
statistic_of: places
*/
-- numerator: children open to the posts
select on_date, service, post, caseload as amount
from live_workforce
where caseload is not null

-- denominator: full-time equivalents in post
select on_date, service, post, in_post_fte as amount
from live_workforce
where caseload is not null
