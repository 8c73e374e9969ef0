/*
title: What named interventions add to children's scores, against usual care
priority: evidence
question: Do children given a named intervention get better by more than children with usual care?
kind: computed
method: extra_change
unit: standard deviations of the first score
decimals: 2
polarity: high
period: financial_year
breakdowns: [intervention]
no_comparator: No published series holds one intervention against another within a service.
sources: [outcome_score, care_activity, referral, contact]
population: Accepted referrals of children under 18 to CAMHS closed in the year, seen at least twice, scored twice on the same scale, whose first coded procedure is a named intervention or usual care.
caveats:
  - Children were not given an intervention by lot; those who get it may differ from those with usual care, and the difference is not proof of effect.
  - Where the interval covers 0, the figures do not show that the intervention adds anything.
  - Only children scored twice are counted; scores at the end of their scale can't improve further, which draws effects a little towards 0.
  - The figure for all interventions holds every named one together against usual care.
*/
-- numerator: scales scored twice of children given a named intervention, with first score and gain (better above 0)
select discharge_date as on_date, person_id, referral_id, tool, first_score, gain,
    name as intervention
from intervention_gain
where not usual

-- denominator: the same of children with usual care
select discharge_date as on_date, person_id, referral_id, tool, first_score, gain
from intervention_gain
where usual
