/*
title: Longest waits for CAMHS help to be under way, 90th percentile
priority: pathways
question: How long does it take from a first referral until help is under way, for the one in ten who wait longest?
kind: quantile
quantile: 0.9
unit: weeks
polarity: low
period: month
breakdowns: [pathway, age_band]
no_comparator: NHS England publishes the four-week standard (MRS08) by provider and commissioner, not by borough.
sources: [contact, referral, care_plan, outcome_score]
population: Children under 18 whose national clock stopped in the month, in community child and adolescent mental health services.
caveats:
  - One in ten of the spells took longer than this.
  - A spell joins a child's referrals that overlap or follow within five days of an end, as the national measure does; crisis teams are left out.
  - The clock stops at a first attended contact, a care plan and a first score, whichever comes last. A coded intervention or indirect work, which may stand for a care plan nationally, is not in the records loaded.
  - A spell without one of the three has no clock stop and does not show, however long it lasts; see the children still waiting.
  - A wait that began before the first referral on record cannot show; the first year of records is left out.
*/
-- numerator: weeks from the first referral of the spell to the clock stop, by the month of the stop
select stopped as on_date, person_id, lsoa, age_at_referral as age, pathway, days / 7.0 as value
from camhs_clock_stop
