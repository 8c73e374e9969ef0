/*
title: Children referred to CAMHS again within 12 months
priority: pathways
question: How many children are back within a year of being discharged?
kind: proportion
unit: "% of accepted referrals closed"
polarity: low
period: month
breakdowns: [sex, age_band, locality]
no_comparator: No published series follows children after discharge.
sources: [referral, contact]
population: Children under 18 whose accepted referral was closed in the month, in community child and adolescent mental health services.
caveats:
  - Known only for closures at least a year before the last referral on record, so the newest year is not shown.
  - A referral to another team while the first is open is not a return; one refused on return is.
  - A child closed twice in a month is counted twice.
*/
-- numerator: accepted referrals closed in the month after which the child was referred again within 365 days
select discharge_date as on_date, person_id, lsoa, age_at_referral as age, sex
from camhs_followed
where again = 1

-- denominator: accepted referrals closed in the month, at least a year before the last referral on record
select discharge_date as on_date, person_id, lsoa, age_at_referral as age, sex
from camhs_followed
