/*
title: Share of home-educated children with SEMH needs
priority: demand
question: Of the children taught at home, how many have SEMH as primary need?
kind: proportion
unit: "% of home-educated children"
polarity: low
period: month
stock: true
breakdowns: [sex, age_band]
no_comparator: Home education is published with SEN support and plans, not by primary need.
sources: [ehe]
population: Children on the council's register of elective home education on the last day of the month.
caveats:
  - Need is that recorded when home education began; a child who was never at school has none recorded and counts as without.
statistic_of: people
*/
-- numerator: home-educated children whose primary need was SEMH when home education began
select on_date, person_id
from home_educated
where need = 'Social, emotional and mental health'

-- denominator: children in elective home education on the last day of the month
select on_date, person_id
from home_educated
