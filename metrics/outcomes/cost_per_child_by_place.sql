/*
title: Yearly cost of a child in a funded place
priority: outcomes
question: What does each kind of place cost for a child?
kind: mean
unit: "pounds a year"
polarity: none
period: academic_year
breakdowns: [place, need]
no_comparator: Published unit costs are of budget lines, not of children in a kind of place.
sources: [placement_cost]
population: Children and young people in funded places for at least half the academic year, for any need; a child counts at the kind of place held longest.
caveats:
  - Education, health and social care shares and transport together, at the price of the place held longest in the year.
  - Children in one kind of place differ from those in another; see the cost per good year, like for like.
decimals: 0
*/
-- numerator: cost for a year of the place each child held longest
select on_date, person_id, provider_id, place, need, annual_cost as value
from place_held
