/*
title: Children who reliably improved with support outside CAMHS
priority: evidence
question: Which support works here?
kind: proportion
unit: "% of spells scored before and after"
polarity: high
period: academic_year
breakdowns: [intervention, evidence]
no_comparator: Local support is not collected nationally.
sources: [intervention, intervention_register]
population: Spells of support outside CAMHS that ended in the year and were scored before and after.
caveats:
  - Reliably means by more than the scale's reliable-change threshold, so not by chance alone.
  - There is no comparison group; some children get better without support.
  - Those scored twice may differ from the rest; see the share scored.
*/
-- numerator: spells after which the score was reliably better
select end_date as on_date, person_id, intervention, evidence
from support_scored
where change = 1

-- denominator: spells scored before and after
select end_date as on_date, person_id, intervention, evidence
from support_scored
