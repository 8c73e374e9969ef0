/*
title: Schools with a trained senior mental health lead
priority: workforce
question: Which schools have a trained senior mental health lead, by phase and locality?
kind: proportion
unit: "% of schools"
polarity: high
period: academic_year
breakdowns: [phase, locality]
no_comparator: Take-up of the national grant is published as claims made, not as leads in post.
sources: [training]
population: Schools and other settings open at the end of the academic year that owe a school census return.
caveats:
  - A school that sent no training record counts as without a trained lead; see the share of staff trained, which leaves such schools out.
  - A lead who has left the school since the training still counts.
statistic_of: places
*/
-- numerator: settings where somebody completed senior mental health lead training by the end of the year
select s.on_date, s.urn
from setting_year s
join (
    select urn, min(on_date) as first_trained
    from live_training
    where attended > 0 and lower(course) like '%senior mental health lead%'
    group by urn
) t on t.urn = s.urn and t.first_trained <= s.on_date

-- denominator: settings open at the end of the academic year
select on_date, urn
from setting_year
