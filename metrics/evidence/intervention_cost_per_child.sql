/*
title: Cost of a spell of support
priority: evidence
question: What does each kind of support cost for a child?
kind: mean
unit: pounds a spell
decimals: 0
polarity: none
period: academic_year
breakdowns: [intervention, evidence]
no_comparator: Local support is not collected nationally.
sources: [intervention, intervention_register]
population: Spells of support outside CAMHS that began in the year and whose cost is known.
caveats:
  - Whatever the provider says it cost for the child; a child who left early may cost less.
*/
-- numerator: cost of each spell of support that began in the year
select start_date as on_date, person_id, intervention, evidence, cost as value
from support_given
where cost is not null
