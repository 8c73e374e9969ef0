/*
title: Children not suspended in the six months after support
priority: evidence
question: Does what support achieves last, six months on?
kind: proportion
unit: "% of children followed"
polarity: high
period: academic_year
breakdowns: [intervention, evidence]
no_comparator: Local support is not collected nationally.
sources: [suspension, intervention, intervention_register, pupil_census]
population: Spells of support outside CAMHS that ended, of children still on a school's roll here six months later.
caveats:
  - Neither suspended, lunchtimes among them, nor permanently excluded. Counted in the year in which the six months were over.
  - Most children are never suspended, with support or without; compare kinds of support given to like children.
  - A suspension at a school that did not return its census is not known.
*/
-- numerator: spells followed for six months without a suspension or permanent exclusion
select over_date as on_date, person_id, intervention, evidence
from support_follow_up
where months = 6 and suspensions = 0

-- denominator: spells whose six months after the end were over in the year, of children still on a roll here
select over_date as on_date, person_id, intervention, evidence
from support_follow_up
where months = 6
