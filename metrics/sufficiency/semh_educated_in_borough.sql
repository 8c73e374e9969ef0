/*
title: SEMH plans placed in the borough
priority: sufficiency
question: What share of children with an SEMH plan is educated inside the borough?
kind: proportion
unit: "% of plans placed at an establishment"
polarity: high
period: census
breakdowns: [age_band, sex, locality]
no_comparator: The published files give the kind of placement of each plan, not whether it is inside the authority.
sources: [ehc_plan, placement]
population: Children and young people with an EHC plan for SEMH who are placed at a school, college or other establishment.
caveats:
  - Children educated at home, awaiting a place or not in education are in neither number.
  - An establishment is in the borough when its authority is; one that is in no register is taken to be outside.
statistic_of: people
part_of: [all_educated_in_borough]
*/
-- numerator: SEMH plans whose main placement on the January census day was in the borough
select census_date as on_date, person_id
from semh_plan
where in_borough

-- denominator: SEMH plans with a main placement at an establishment on the January census day
select census_date as on_date, person_id
from semh_plan
where in_borough is not null
