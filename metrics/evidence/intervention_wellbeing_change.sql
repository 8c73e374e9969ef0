/*
title: Change in wellbeing score over a spell of support
priority: evidence
question: By how much does children's wellbeing change with each kind of support?
kind: mean
unit: points on the short Warwick-Edinburgh scale
polarity: high
period: academic_year
breakdowns: [intervention]
no_comparator: Local support is not collected nationally.
sources: [intervention, intervention_register]
population: Spells of support outside CAMHS that ended in the year and were scored before and after on the short Warwick-Edinburgh mental wellbeing scale.
caveats:
  - A change of 3 points is more than chance for one child; a mean can be small and still be sure.
  - There is no comparison group; some children get better without support.
*/
-- numerator: score after less score before, of each spell
select end_date as on_date, person_id, intervention, moved as value
from support_scored
where tool = 'SWEMWBS'
