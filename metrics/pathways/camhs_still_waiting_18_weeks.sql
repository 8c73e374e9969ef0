/*
title: Children still waiting over 18 weeks for CAMHS
priority: pathways
question: Of the children waiting to be seen today, what share has waited over 18 weeks?
kind: proportion
unit: "% of referrals waiting"
polarity: low
period: month
stock: true
breakdowns: [pathway, band, sex, age_band, locality]
shares: [band]
no_comparator: NHS England publishes children waiting by provider and commissioner, not by borough.
sources: [contact, referral]
population: Referrals of children under 18 that are open at the end of the month and have had no attended contact.
caveats:
  - Counted on the last day of the month. A referral that was refused or closed is no longer waiting.
  - Each band is a share of all who wait; the bands add up to the share over 18 weeks.
  - A child with two open referrals is counted twice.
*/
-- numerator: referrals waiting for a first contact at the end of the month, received over 126 days before
select day as on_date, person_id, lsoa, age_at_referral as age, sex, pathway,
    case
        when days > 728 then 'Over 104 weeks'
        when days > 546 then '78 to 104 weeks'
        when days > 364 then '52 to 78 weeks'
        else '18 to 52 weeks'
    end as band
from camhs_month_end
where days > 126

-- denominator: referrals waiting for a first attended contact at the end of the month
select day as on_date, person_id, lsoa, age_at_referral as age, sex, pathway
from camhs_month_end
