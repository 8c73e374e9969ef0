/*
title: Partners' returns that came on time
priority: partnerships
question: Which partners sent what they owe, and what is missing?
kind: proportion
unit: "% of returns due"
polarity: high
period: term
breakdowns: [partner, dataset]
no_comparator: Returns are a local check; nothing is published.
sources: [data_return]
population: Returns that partners agreed to send and that fell due in the term.
caveats:
  - A nil return is a return. One that never came is missing, and what it would have told is not known.
  - Returns due in a holiday belong to the term before.
statistic_of: places
*/
-- numerator: returns that came by the day they were due
select due_date as on_date, partner, dataset
from live_data_return
where received_date <= due_date

-- denominator: returns due
select due_date as on_date, partner, dataset
from live_data_return
