/*
title: Cost for each child who had a good school year
priority: outcomes
question: What does a good school year cost, by kind of place?
kind: ratio
unit: "pounds for each good year"
polarity: low
period: academic_year
breakdowns: [place, need]
no_comparator: A local definition; nothing like it is published.
sources: [placement_cost, attendance, pupil_census, suspension]
population: Children and young people in funded places for at least half the academic year, for any need; a child counts at the kind of place held longest.
caveats:
  - A good year means at least 90 % of sessions attended and no suspension or exclusion in the whole of it. It says nothing of what was learnt or of wellbeing.
  - Independent schools, tuition and colleges do not return the school census, so for places there no outcome is known and they are in no such figure.
  - The cost of every child in the place, divided by the children who had a good year. It makes no allowance for which children a place takes; see the cost like for like.
decimals: 0
*/
-- numerator: cost for a year of every child in such a place
select on_date, person_id, provider_id, place, need, annual_cost as amount
from place_year
where good is not null

-- denominator: children who attended at least 90 % of sessions and were neither suspended nor excluded
select on_date, person_id, place, need, 1.0 as amount
from place_year
where good = 1
