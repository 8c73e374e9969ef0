/*
title: CAMHS spells with help under way within 4 weeks
priority: pathways
question: Of the spells whose clock stopped, how many met the national four-week standard?
kind: proportion
unit: "% of spells whose clock stopped"
polarity: high
period: month
breakdowns: [pathway, sex, age_band, locality]
no_comparator: NHS England publishes the four-week standard (MRS08) by provider and commissioner, not by borough.
sources: [contact, referral, care_plan, outcome_score]
population: Children under 18 whose national clock stopped in the month, in community child and adolescent mental health services.
caveats:
  - A spell joins a child's referrals that overlap or follow within five days of an end, as the national measure does; crisis teams are left out.
  - The clock stops at a first attended contact, a care plan and a first score, whichever comes last. A coded intervention or indirect work, which may stand for a care plan nationally, is not in the records loaded.
  - A spell without one of the three has no clock stop and does not show, however long it lasts; see the children still waiting.
  - A wait that began before the first referral on record cannot show; the first year of records is left out.
*/
-- numerator: spells whose clock stopped in the month within 28 days of the first referral
select stopped as on_date, person_id, lsoa, age_at_referral as age, pathway,
    case sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex
from camhs_clock_stop
where days <= 28

-- denominator: spells whose clock stopped in the month
select stopped as on_date, person_id, lsoa, age_at_referral as age, pathway,
    case sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex
from camhs_clock_stop
