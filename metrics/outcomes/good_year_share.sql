/*
title: Children in funded places who had a good school year
priority: outcomes
question: In which kinds of place do children attend and stay in school?
kind: proportion
unit: "% of children in places whose school returned data"
polarity: high
period: academic_year
breakdowns: [place, need, provision]
no_comparator: A local definition; nothing like it is published.
sources: [placement_cost, attendance, pupil_census, suspension]
population: Children and young people in funded places for at least half the academic year, for any need; a child counts at the kind of place held longest.
caveats:
  - A good year means at least 90 % of sessions attended and no suspension or exclusion in the whole of it. It says nothing of what was learnt or of wellbeing.
  - Independent schools, tuition and colleges do not return the school census, so for places there no outcome is known and they are in no such figure.
  - Places differ in which children they take; a lower share is not by itself a worse place.
statistic_of: people
*/
-- numerator: children who attended at least 90 % of sessions and were neither suspended nor excluded
select on_date, person_id, provision_id, place, need
from place_year
where good = 1

-- denominator: children in funded places for at least half the year, whose school returned their attendance
select on_date, person_id, provision_id, place, need
from place_year
where good is not null
