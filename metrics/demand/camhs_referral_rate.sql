/*
title: Referrals to CAMHS for every 1,000 children
priority: demand
question: How many referrals to mental health services are there for the number of children?
kind: ratio
unit: referrals per 1,000 children
multiplier: 1000
polarity: none
period: financial_year
no_comparator: NHS England publishes referrals by provider and commissioner, not by borough on this definition.
sources: [referral]
population: Children under 18 referred to community child and adolescent mental health services, over all children of the borough.
caveats:
  - A child referred twice is counted twice.
  - Referrals that were later refused or closed without being seen are counted.
  - The population is the newest estimate published by the Office for National Statistics before the end of the year, at most three years old; where there is none the rate is not available.
*/
-- numerator: referrals received in the financial year for children under 18
select received_date as on_date, person_id, 1.0 as amount
from camhs_referral

-- denominator: residents of the borough aged 0 to 17 at the newest published estimate
select counted_on as on_date, people as amount
from child_population
