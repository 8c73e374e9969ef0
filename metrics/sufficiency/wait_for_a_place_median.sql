/*
title: Median wait for a specialist place
priority: sufficiency
question: How long do children wait for a specialist place, and do some localities wait longer?
kind: quantile
unit: weeks
quantile: 0.5
polarity: low
period: academic_year
breakdowns: [need, wanted, locality]
no_comparator: Waits for a place are not published.
sources: [place_wait]
population: Children and young people who began in a specialist place in the academic year.
caveats:
  - From the day the place was agreed to be needed to the first day in it.
  - Children still waiting are not in it; see how many there are.
*/
-- numerator: weeks from the day a place was agreed to be needed to the first day in it, for children placed in the year
select placed_date as on_date, person_id, date_diff('day', asked_date, placed_date) / 7.0 as value,
    need, wanted
from specialist_wait
where placed_date is not null
