/*
title: Children still waiting over 18 weeks for CAMHS
priority: pathways
question: Of the children waiting to be seen today, what share has waited over 18 weeks?
kind: proportion
unit: "% of referrals waiting"
polarity: low
period: month
stock: true
breakdowns: [sex, age_band, locality]
no_comparator: NHS England publishes children waiting by provider and commissioner, not by borough.
sources: [contact, referral]
population: Referrals of children under 18 that are open at the end of the month and have had no attended contact.
caveats:
  - Counted on the last day of the month. A referral that was refused or closed is no longer waiting.
  - A child with two open referrals is counted twice.
*/
-- numerator: referrals waiting for a first contact at the end of the month, received over 126 days before
select d.day as on_date, w.person_id, w.lsoa, w.age_at_referral as age, w.sex
from camhs_waiting w
join calendar_day d on d.day = d.month_end and d.day >= w.received_date
    and (w.until_date is null or d.day < w.until_date)
where date_diff('day', w.received_date, d.day) > 126

-- denominator: referrals waiting for a first attended contact at the end of the month
select d.day as on_date, w.person_id, w.lsoa, w.age_at_referral as age, w.sex
from camhs_waiting w
join calendar_day d on d.day = d.month_end and d.day >= w.received_date
    and (w.until_date is null or d.day < w.until_date)
