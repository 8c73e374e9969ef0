/*
title: Children who reliably got worse during help from CAMHS
priority: evidence
question: Of the children scored before and after, how many got worse by more than chance?
kind: proportion
unit: "% of closed referrals with paired scores"
polarity: low
period: financial_year
breakdowns: [sex, age_band, reason]
no_comparator: NHS England publishes outcomes by provider, not by borough.
sources: [outcome_score, referral, contact]
population: Accepted referrals of children under 18 closed in the year, seen at least twice and scored twice on the same scale.
caveats:
  - Worse means at least one scale worse by its reliable-change threshold, even where another improved.
  - Only children with paired scores are counted; see the pairing rate, for those scored twice may differ from the rest.
  - Getting worse during help is not the same as because of it.
statistic_of: people
*/
-- numerator: closed referrals where at least one scale got reliably worse
select discharge_date as on_date, person_id, lsoa, age_at_referral as age, sex, reason
from referral_outcome
where worst = -1

-- denominator: closed referrals with at least one scale scored before and after
select discharge_date as on_date, person_id, lsoa, age_at_referral as age, sex, reason
from referral_outcome
