/*
title: Children in elective home education
priority: demand
question: How many children are taught at home by choice of their parents, and how many of them have SEMH needs?
kind: count
unit: children
decimals: 0
polarity: none
period: month
stock: true
breakdowns: [need, sex, age_band]
no_comparator: The published number is of one census day a term, for each authority.
sources: [ehe]
population: Children of compulsory school age on the council's register of elective home education on the last day of the month.
caveats:
  - Need is that recorded when home education began; a child who was never at school has none recorded.
  - Parents need not register a child who was never at school, so some are not known.
statistic_of: people
*/
-- numerator: children in elective home education on the last day of the month
select on_date, person_id, need
from home_educated
