/*
title: Children waiting for a specialist place
priority: sufficiency
question: How many children wait for a specialist place, for which kind, and where are they meanwhile?
kind: count
unit: children
decimals: 0
polarity: low
period: month
stock: true
breakdowns: [need, wanted, meanwhile, age_band, locality]
no_comparator: Waits for a place are not published.
sources: [place_wait]
population: Children and young people for whom a specialist place was agreed to be needed and who are not in it on the last day of the month.
caveats:
  - Counted on the last day of each month; a wait that was withdrawn ends on that day.
*/
-- numerator: children waiting for a specialist place on the last day of the month
select distinct d.day as on_date, w.person_id, w.need, w.wanted, w.meanwhile
from specialist_wait w
join calendar_day d on d.day = d.month_end and d.day >= w.asked_date
    and (w.placed_date is null or d.day < w.placed_date)
    and (w.withdrawn_date is null or d.day < w.withdrawn_date)
