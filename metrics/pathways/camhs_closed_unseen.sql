/*
title: CAMHS referrals closed without treatment
priority: pathways
question: What share of accepted referrals is closed without the child ever being seen?
kind: proportion
unit: "% of accepted referrals closed"
polarity: low
period: month
breakdowns: [sex, age_band, locality]
no_comparator: Published by the Children's Commissioner for NHS areas, on another definition; not among the files loaded.
sources: [referral, contact]
population: Children under 18 whose accepted referral was closed in the month, in community child and adolescent mental health services.
caveats:
  - Without treatment means without one attended contact; some families no longer needed or wanted help.
  - Referrals that were refused are not accepted and not counted here.
*/
-- numerator: accepted referrals closed in the month without any attended contact
select discharge_date as on_date, person_id, lsoa, age_at_referral as age, sex
from closed_referral
where first_contact_date is null

-- denominator: accepted referrals closed in the month
select discharge_date as on_date, person_id, lsoa, age_at_referral as age, sex
from closed_referral
