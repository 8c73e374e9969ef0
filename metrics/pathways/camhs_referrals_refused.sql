/*
title: Referrals to CAMHS that were not accepted
priority: pathways
question: What share of referrals is sent back, and from whom did they come?
kind: proportion
unit: "% of referrals received"
polarity: low
period: month
breakdowns: [source, pathway, age_band, locality]
no_comparator: NHS England publishes refused referrals by provider and commissioner, not by borough.
sources: [referral]
population: Children under 18 referred to community child and adolescent mental health services.
caveats:
  - A referral refused later than the month it came still counts in that month, so the newest months can rise.
  - Refused covers duplicates and referrals better met by another service, as well as those judged unsuitable.
*/
-- numerator: referrals received in the month that were refused
select received_date as on_date, person_id, lsoa, age_at_referral as age, pathway,
    case
        when source like 'A%' then 'GP or primary care'
        when source like 'B%' then 'Self or family'
        when source in ('C2', 'F1') then 'School or education'
        when source is null then 'Not known'
        else 'Other'
    end as source
from camhs_referral
where rejection_date is not null

-- denominator: referrals received in the month
select received_date as on_date, person_id, lsoa, age_at_referral as age, pathway,
    case
        when source like 'A%' then 'GP or primary care'
        when source like 'B%' then 'Self or family'
        when source in ('C2', 'F1') then 'School or education'
        when source is null then 'Not known'
        else 'Other'
    end as source
from camhs_referral
