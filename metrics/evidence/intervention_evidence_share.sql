/*
title: Support with strong or moderate evidence
priority: evidence
question: How much of the support children get is known to work?
kind: proportion
unit: "% of spells of support"
polarity: high
period: academic_year
breakdowns: [response_level, locality]
no_comparator: Local support is not collected nationally.
sources: [intervention, intervention_register]
population: Spells of support outside CAMHS that began in the year.
caveats:
  - The rating and who gave it are those of the intervention register now.
  - Support that is not on the register counts as without such evidence.
*/
-- numerator: spells of support rated as having strong or moderate evidence
select start_date as on_date, person_id, response_level
from support_given
where evidence in ('strong', 'moderate')

-- denominator: spells of support that began in the year
select start_date as on_date, person_id, response_level
from support_given
