/*
title: Leavers with SEMH need in a sustained destination
priority: outcomes
question: Where do young people with SEMH need go after Year 11, and do they stay?
kind: proportion
unit: "% of leavers"
polarity: high
period: academic_year
breakdowns: [destination]
no_comparator: Published destinations are by SEN provision, not by primary need, for each authority.
sources: [destination, pupil_census]
population: Pupils whose primary need was SEMH at the January census of Year 11.
caveats:
  - Until the post-16 team sends a record of destinations (young person, year left, destination, sustained for six months) this is not available.
  - Sustained means in education, apprenticeship or employment for six months from October to March.
statistic_of: people
*/
-- numerator: leavers in education, apprenticeship or employment for six months
select l.on_date, l.person_id, l.destination
from semh_leaver l
where l.sustained

-- denominator: pupils with SEMH as primary need in Year 11 whose destination was recorded
select on_date, person_id, destination
from semh_leaver
