/*
title: Longest waits so far of children waiting for CAMHS, 90th percentile
priority: pathways
question: How long has the one in ten of those still waiting who wait longest waited?
kind: quantile
quantile: 0.9
unit: weeks
polarity: low
period: month
stock: true
breakdowns: [pathway, age_band]
no_comparator: NHS England publishes children waiting by provider and commissioner, not by borough.
sources: [contact, referral]
population: Referrals of children under 18 that are open at the end of the month and have had no attended contact.
caveats:
  - Counted on the last day of the month. A referral that was refused or closed is no longer waiting.
  - It is how long they have waited so far, not how long they will have waited when seen.
  - A child with two open referrals is counted twice.
*/
-- numerator: weeks waited so far by each referral waiting at the end of the month
select day as on_date, person_id, lsoa, age_at_referral as age, pathway, days / 7.0 as value
from camhs_month_end
