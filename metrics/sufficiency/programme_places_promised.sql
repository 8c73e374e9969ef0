/*
title: Places promised by the sufficiency programme
priority: sufficiency
question: How many new places should be there by now?
kind: count
unit: places
decimals: 0
polarity: none
period: academic_year
stock: true
breakdowns: [programme_phase, designation, locality]
no_comparator: The programme is local; published capacity counts all places.
sources: [capital_scheme]
population: Places that capital schemes promised for a day up to the end of the academic year.
caveats:
  - Promised for a day, whether or not they opened; the promise is the first one made.
statistic_of: places
*/
-- numerator: places promised for a day up to the end of the year
select p.on_date, p.programme_phase, p.designation, p.locality
from programme_year p
join whole_number n on n.number <= p.places_promised
