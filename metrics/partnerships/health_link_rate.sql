/*
title: Health records linked to a school or SEN record
priority: partnerships
question: For how many children referred to CAMHS can both sides of their record be seen, and is any group missed?
kind: proportion
unit: "% of children referred"
polarity: high
period: academic_year
breakdowns: [sex, ethnicity, deprivation, locality]
no_comparator: No authority publishes how well its records are linked.
sources: [referral, contact, link]
population: Children under 18 referred to community child and adolescent mental health services, each counted once a year.
caveats:
  - Records are linked on UPN and NHS number first, then on name, date of birth, postcode and sex; where two children are equally likely no link is made.
  - Children taught elsewhere, under school age or living beyond the borough have no record to link to, so the share stays below 100%.
  - Where a group is linked less often, figures that join health and school records are too low for that group.
statistic_of: people
*/
-- numerator: of those, children whose health record is linked to a school or SEN record
select first_received as on_date, health_person_id as person_id
from camhs_child_year
where person_id is not null

-- denominator: children referred in the academic year
select first_received as on_date, health_person_id as person_id
from camhs_child_year
