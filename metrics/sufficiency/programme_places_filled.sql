/*
title: Children in places of the sufficiency programme
priority: sufficiency
question: How many of the new places are filled?
kind: count
unit: children
decimals: 0
polarity: none
period: census
breakdowns: [programme_phase, locality]
no_comparator: The programme is local; published capacity counts all places.
sources: [capital_place_filled, capital_scheme]
population: Children in places that capital schemes opened, on the day the programme office counted them.
caveats:
  - Set it beside the places opened; a place may be empty because the child has not started yet.
statistic_of: people
*/
-- numerator: children in places of the programme
select f.on_date, c.programme_phase, c.locality
from live_capital_place_filled f
join live_capital_scheme c on c.scheme_id = f.scheme_id and c.key_stage = f.key_stage
join whole_number n on n.number <= f.places_filled
