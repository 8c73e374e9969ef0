/*
title: Gap in contact with CAMHS between the most and least deprived areas
priority: pathways
question: How differently do children in deprived and other areas reach mental health services?
kind: computed
unit: "children per 1,000 pupils, least deprived less most deprived"
polarity: none
period: financial_year
breakdowns: []
no_comparator: No published series gives the slope index of contact within an authority.
sources: [referral, contact, pupil_census]
population: Children aged 4 to 15 living in the borough who were in contact with community child and adolescent mental health services in the year.
caveats:
  - The slope index of inequality fits a line through the rate in each deprivation tenth and gives the difference between its ends; below 0 means more contact in the more deprived areas.
  - Need is higher in deprived areas; a gap near 0 would mean that they reach less than their need.
method: slope
multiplier: 1000
*/
-- numerator: children aged 4 to 15 at referral with an attended contact in the year, each counted once
select on_date, person_id, lsoa, imd_decile
from camhs_pupil_age

-- denominator: pupils in Reception to Year 11 on roll at the January census who live in the borough
select census_date as on_date, person_id, lsoa, imd_decile
from pupil_at_home
