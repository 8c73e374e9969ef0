/*
title: Days from the day places were promised for to the day they opened
priority: sufficiency
question: How late do new places open?
kind: mean
unit: days
decimals: 0
polarity: low
period: academic_year
breakdowns: [programme_phase]
no_comparator: The programme is local; nothing is published.
sources: [capital_scheme]
population: Schemes whose first places opened in the year.
caveats:
  - A scheme that has not opened is not in it, however late; see the share of promised places that have opened.
  - Few schemes open in a year, so the mean rests on few.
statistic_of: places
*/
-- numerator: days from the promised day to the day the first places opened, of each scheme
select min(opened_date) as on_date, programme_phase,
    date_diff('day', min(promised_date), min(opened_date)) as value
from live_capital_scheme
where opened_date is not null
group by scheme_id, programme_phase
