/*
title: School-age children seen by CAMHS, by deprivation
priority: pathways
question: Do children in deprived areas reach mental health services as often as their need?
kind: rate
unit: "children seen per 1,000 pupils"
polarity: high
period: financial_year
breakdowns: [deprivation]
no_comparator: NHS England publishes access by NHS area, not by deprivation within a borough.
sources: [referral, contact, pupil_census]
population: Children aged 4 to 15 living in the borough who were in contact with community child and adolescent mental health services in the year.
caveats:
  - Set against pupils in Reception to Year 11 on roll in the borough's schools at the January in the year, as the nearest count of children by area; children at schools elsewhere are not among them.
  - Need is higher in deprived areas, so an equal rate is not an equal chance of being seen.
multiplier: 1000
*/
-- numerator: children aged 4 to 15 at referral with an attended contact in the year, each counted once
select on_date, person_id, lsoa
from camhs_pupil_age

-- denominator: pupils in Reception to Year 11 on roll at the January census who live in the borough
select census_date as on_date, person_id, lsoa
from pupil_at_home
