/*
title: Children in contact with CAMHS for every 1,000 children
priority: demand
question: How many of every 1,000 children were seen by mental health services in the year?
kind: ratio
unit: children seen per 1,000 children
multiplier: 1000
polarity: high
period: financial_year
no_comparator: The national rate is of rolling twelve months by NHS area and per 100,000; it is not among the series loaded.
sources: [referral, contact]
population: Children under 18 in contact with community child and adolescent mental health services.
caveats:
  - Counted by financial year, each child once a year; the national measure counts every rolling twelve months, and agrees at the end of March.
  - In person, by phone, by video or by talk type, as in the national measure; text and e-mail do not count, and indirect work is not in the records loaded.
  - The population is the newest estimate published by the Office for National Statistics before the end of the year, at most three years old; where there is none the rate is not available.
  - The whole population is counted, not a sample, so there is no interval.
*/
-- numerator: children under 18 with at least one attended contact in the financial year, each counted once
select contact_date as on_date, person_id, 1.0 as amount
from camhs_person_year

-- denominator: residents of the borough aged 0 to 17 at the newest published estimate
select counted_on as on_date, people as amount
from child_population
