/*
title: Annual reviews for SEMH held
priority: pathways
question: How many plans for SEMH were reviewed in the last twelve months, as the law asks?
kind: proportion
unit: "% of plans held for a year or more"
polarity: high
period: census
breakdowns: [age_band, sex, locality]
no_comparator: Published reviews are not told apart by need.
sources: [ehc_plan, placement]
population: Children and young people whose EHC plan for SEMH has been in force for a year or more on the January census day.
caveats:
  - A review meeting in the twelve months before the census day counts.
  - A plan that was amended in the year counts as new, because the return then gives the day of the amended plan.
  - Returns before 2024 do not carry the day of the meeting.
statistic_of: people
part_of: [all_reviews_held]
*/
-- numerator: plans for SEMH held for a year or more with a review meeting in the twelve months before the census day
select census_date as on_date, person_id
from review_due
where held and primary_need = 'SEMH'

-- denominator: plans for SEMH in force on the January census day and held for a year or more
select census_date as on_date, person_id
from review_due
where primary_need = 'SEMH'
