/*
title: Support scored before and after
priority: evidence
question: Of how much of the support do we know whether it worked?
kind: proportion
unit: "% of spells that ended"
polarity: high
period: academic_year
breakdowns: [intervention]
no_comparator: Local support is not collected nationally.
sources: [intervention, intervention_register]
population: Spells of support outside CAMHS that ended in the year.
caveats:
  - Scored on a scale for which it is known how much change is more than chance.
*/
-- numerator: spells scored before and after on the same scale
select end_date as on_date, person_id, intervention
from support_scored

-- denominator: spells that ended in the year
select end_date as on_date, person_id, intervention
from support_given
where end_date is not null
