/*
title: Cost for each good school year, like for like
priority: outcomes
question: What would a good school year cost in each kind of place if all took the same children?
kind: computed
unit: "pounds for each good year"
polarity: low
period: academic_year
breakdowns: [place]
no_comparator: A local definition; nothing like it is published.
sources: [placement_cost, attendance, pupil_census, suspension]
population: Children and young people in funded places for at least half the academic year, for any need; a child counts at the kind of place held longest.
caveats:
  - A good year means at least 90 % of sessions attended and no suspension or exclusion in the whole of it. It says nothing of what was learnt or of wellbeing.
  - Independent schools, tuition and colleges do not return the school census, so for places there no outcome is known and they are in no such figure.
  - Weighted so that every kind of place has the same mix of need (SEMH, autism, other) and age (under 11, 11 and over). Differences within those groups remain.
  - Not shown where a place has no children of kinds that more than a fifth of all children are of. With few children the range is wide.
decimals: 0
method: cost_like_for_like
*/
-- numerator: cost for a year of each child in such a place, with how the year went and the kind of child
select on_date, person_id, provider_id, place, annual_cost as amount, cast(good as double) as good,
    kind_of_child
from place_year
where good is not null
