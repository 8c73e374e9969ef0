/*
title: Children waiting for CAMHS
priority: pathways
question: How many children are waiting to be seen today, and on which pathway?
kind: count
unit: referrals waiting
decimals: 0
polarity: low
period: month
stock: true
breakdowns: [pathway, sex, age_band, locality]
no_comparator: NHS England publishes children waiting by provider and commissioner, not by borough.
sources: [contact, referral]
population: Referrals of children under 18 that are open at the end of the month and have had no attended contact.
caveats:
  - Counted on the last day of the month. A referral that was refused or closed is no longer waiting.
  - A child with two open referrals is counted twice.
*/
-- numerator: referrals waiting for a first attended contact at the end of the month
select day as on_date, person_id, lsoa, age_at_referral as age, sex, pathway
from camhs_month_end
