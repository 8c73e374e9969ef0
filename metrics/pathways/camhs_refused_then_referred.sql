/*
title: Children refused by CAMHS and referred again within 12 months
priority: pathways
question: How many refused children are sent back to the front door within a year?
kind: proportion
unit: "% of refused referrals"
polarity: low
period: month
breakdowns: [sex, age_band, locality]
no_comparator: No published series follows children after a refusal.
sources: [referral]
population: Referrals of children under 18 to community child and adolescent mental health services that were refused in the month.
caveats:
  - Known only for refusals at least a year before the last referral on record, so the newest year is not shown.
  - A referral to a provider that keeps no identities cannot be followed.
*/
-- numerator: referrals refused in the month after which the child was referred again within 365 days
select rejection_date as on_date, person_id, lsoa, age_at_referral as age, sex
from camhs_refused
where again = 1

-- denominator: referrals refused in the month, at least a year before the last referral on record
select rejection_date as on_date, person_id, lsoa, age_at_referral as age, sex
from camhs_refused
