/*
title: Settings that returned the school census
priority: partnerships
question: Which partners have sent their data this term, and what is missing?
kind: proportion
unit: "% of settings that owe a return"
polarity: high
period: term
breakdowns: [phase, locality, school]
no_comparator: Returns are a local check; nothing is published.
sources: [census_return]
population: Schools and other settings open on census day that owe a school census return.
caveats:
  - Every other measure that rests on the census leaves out the settings that did not return; they are never counted as zero.
*/
-- numerator: settings that returned the term's census
select o.census_date as on_date, o.urn
from census_owed o
join (select distinct census_date, urn from live_census_return) r
    on r.census_date = o.census_date and r.urn = o.urn

-- denominator: settings open on the term's census day that owe a return
select census_date as on_date, urn
from census_owed
