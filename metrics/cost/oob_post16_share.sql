/*
title: SEMH placements out of the borough of young people aged 16 and over
priority: cost
question: What share of out-of-borough placements is post-16 rather than statutory school age?
kind: proportion
unit: "% of placements"
statistic_of: people
decimals: 1
polarity: none
period: financial_year
breakdowns: []
no_comparator: Not published for placements outside the borough.
sources: [placement_cost]
population: Children and young people with SEMH as primary need placed outside the borough at independent, non-maintained or specialist post-16 places on 31 March.
caveats:
  - Age is in whole years by month of birth. Specialist post-16 places are counted here and in no other measure of this page.
part_of: [sen_oob_post16_share]
*/
-- numerator: those of young people aged 16 or over
select on_date, person_id
from away_with_age
where age_on_day >= 16 and semh

-- denominator: placements outside the borough at independent, non-maintained or specialist post-16 places on 31 March
select on_date, person_id
from away_with_age
where age_on_day is not null and semh
