/*
title: Closed CAMHS referrals with scores before and after
priority: evidence
question: For how many children do we know whether help worked?
kind: proportion
unit: "% of closed referrals seen at least twice"
polarity: high
period: financial_year
breakdowns: [sex, age_band, locality]
no_comparator: NHS England publishes outcomes by provider, not by borough.
sources: [outcome_score, referral, contact]
population: Accepted referrals of children under 18 closed in the year and seen at least twice.
caveats:
  - A pair is two scores on the same scale, the first from the first contact on and the second from the second contact on.
  - Scales without a reliable-change threshold do not count.
statistic_of: people
*/
-- numerator: closed referrals seen at least twice with at least one scale scored before and after
select discharge_date as on_date, person_id, lsoa, age_at_referral as age, sex
from referral_outcome

-- denominator: referrals closed in the year with at least two attended contacts
select discharge_date as on_date, person_id, lsoa, age_at_referral as age, sex
from closed_referral
where second_contact_date is not null
