/*
title: Children reached by each kind of support outside CAMHS
priority: evidence
question: How many children does each kind of support reach?
kind: count
unit: children, each once for a kind of support
decimals: 0
polarity: none
period: academic_year
breakdowns: [intervention, evidence, response_level]
no_comparator: Local support is not collected nationally.
sources: [intervention, intervention_register]
population: Children who began support that is on the intervention register, by provider returns.
caveats:
  - A child given two kinds of support is counted under each, so also twice in the whole; the share of pupils with SEMH who had support counts each child once.
  - Providers that sent no return are not in it.
*/
-- numerator: children who began each kind of support in the year, each once for a kind
select min(start_date) as on_date, person_id, intervention, evidence, response_level
from support_given
group by person_id, academic_year, intervention, evidence, response_level
