/*
title: Referrals to CAMHS
priority: demand
question: How many children were referred to mental health services each month, and by whom?
kind: count
unit: referrals
decimals: 0
polarity: none
period: month
breakdowns: [source, sex, age_band, locality]
no_comparator: NHS England publishes referrals by provider and commissioner, not by borough on this definition.
sources: [referral]
population: Children under 18 referred to community child and adolescent mental health services.
caveats:
  - A child referred twice is counted twice.
  - Referrals that were later refused or closed without being seen are counted.
*/
-- numerator: referrals received in the month for children under 18
select received_date as on_date, person_id, lsoa, age_at_referral as age,
    case
        when source like 'A%' then 'GP or primary care'
        when source like 'B%' then 'Self or family'
        when source in ('C2', 'F1') then 'School or education'
        when source = 'C1' then 'Social care'
        when source like 'E%' then 'Justice services'
        when source like 'F%' or source like 'H%' then 'Hospital or paediatrics'
        when source is null then 'Not known'
        else 'Other'
    end as source,
    case sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex
from camhs_referral
