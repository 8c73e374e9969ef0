/*
title: Median wait for a first CAMHS contact
priority: pathways
question: How long does a child typically wait from referral to being seen?
kind: quantile
quantile: 0.5
unit: weeks
polarity: low
period: month
breakdowns: [sex, age_band, locality]
no_comparator: NHS England publishes waits by provider and commissioner, not by borough.
sources: [contact, referral]
population: Children under 18 first seen in the month by community child and adolescent mental health services.
caveats:
  - Half of the children seen waited longer than this.
  - It says nothing of children still waiting; see the share of them waiting over 18 weeks.
  - A first attended contact, in person, by video or by phone, ends the wait; the national four-week standard also asks for a care plan and a first score.
  - A wait that began before the first referral on record cannot show; the first year of records is left out.
  - Referrals of the same child are not merged into one spell.
*/
-- numerator: weeks from referral to first attended contact, for children first seen in the month
select first_contact_date as on_date, person_id, lsoa, age_at_referral as age,
    days / 7.0 as value,
    case sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex
from camhs_first_contact
