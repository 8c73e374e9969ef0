/*
title: Promised places that have opened
priority: sufficiency
question: Is the programme delivering what it promised, when it promised?
kind: ratio
unit: "% of places promised by then"
multiplier: 100
polarity: high
period: academic_year
stock: true
breakdowns: [programme_phase, designation, locality]
no_comparator: The programme is local; published capacity counts all places.
sources: [capital_scheme]
population: Places that capital schemes promised for a day up to the end of the academic year.
caveats:
  - A scheme that opened some of its places counts those from the day the first opened; later growth is not dated.
  - Places are counted whole, not sampled, so there is no interval.
statistic_of: places
*/
-- numerator: of them, places opened by the end of the year
select on_date, programme_phase, designation, locality, places_opened as amount
from programme_year

-- denominator: places promised for a day up to the end of the year
select on_date, programme_phase, designation, locality, places_promised as amount
from programme_year
