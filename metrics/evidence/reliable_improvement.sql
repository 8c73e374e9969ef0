/*
title: Children who reliably improved after help from CAMHS
priority: evidence
question: Of the children scored before and after, how many got better by more than chance?
kind: proportion
unit: "% of closed referrals with paired scores"
polarity: high
period: financial_year
breakdowns: [sex, age_band, reason, locality]
no_comparator: NHS England publishes outcomes by provider, not by borough.
sources: [outcome_score, referral, contact]
population: Accepted referrals of children under 18 closed in the year, seen at least twice and scored twice on the same scale.
caveats:
  - Improved means at least one scale better by its reliable-change threshold and none worse; a child with one scale better and one worse has not improved.
  - Only children with paired scores are counted; see the pairing rate, for those scored twice may differ from the rest.
  - Scales rated by child and by parent count together.
statistic_of: people
*/
-- numerator: closed referrals where at least one scale reliably improved and none got worse
select discharge_date as on_date, person_id, lsoa, age_at_referral as age, sex, reason
from referral_outcome
where best = 1 and worst >= 0

-- denominator: closed referrals with at least one scale scored before and after
select discharge_date as on_date, person_id, lsoa, age_at_referral as age, sex, reason
from referral_outcome
