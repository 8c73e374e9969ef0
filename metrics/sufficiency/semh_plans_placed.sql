/*
title: SEMH plans with a placement, by kind of setting
priority: sufficiency
question: Does every child with a plan for SEMH have a place, and in which kind of setting?
kind: proportion
unit: "% of plans"
polarity: high
period: census
breakdowns: [setting, sex, age_band, locality]
shares: [setting]
no_comparator: Plans for SEMH are not published by kind of setting.
sources: [ehc_plan, placement]
population: Children and young people aged 0 to 25 whose EHC plan for SEMH this authority maintains, wherever they live or learn.
caveats:
  - The rest have no placement on the census day, or none that was returned.
  - Each kind of setting is a share of all plans; the shares add up to the share that is placed.
  - From the SEN2 return, which tells where each child really is on the day, not what the plan names.
  - Elective home education and other arrangements count as placements; a child out of education does not.
statistic_of: people
part_of: [all_plans_placed]
*/
-- numerator: EHC plans in force on the January census day for SEMH with a placement that day
select census_date as on_date, person_id, urn, setting
from semh_plan
where setting not in ('Not placed or not known', 'Not in education')

-- denominator: all EHC plans in force on the January census day for SEMH
select census_date as on_date, person_id, urn
from semh_plan
