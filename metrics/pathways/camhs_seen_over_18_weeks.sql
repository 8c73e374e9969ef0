/*
title: Children who waited over 18 weeks to be seen by CAMHS
priority: pathways
question: Of the children first seen this month, what share had waited over 18 weeks, and over a year?
kind: proportion
unit: "% of children first seen"
polarity: low
period: month
breakdowns: [pathway, band, sex, age_band, locality]
shares: [band]
no_comparator: NHS England publishes waits by provider and commissioner, not by borough.
sources: [contact, referral]
population: Children under 18 first seen in the month by community child and adolescent mental health services.
caveats:
  - A first attended contact, in person, by video or by phone, ends the wait; a contact dated before the referral is left out.
  - Each band is a share of all children first seen; the bands add up to the share over 18 weeks.
  - A wait that began before the first referral on record cannot show; the first year of records is left out.
  - Referrals of the same child are not merged into one spell; see the national clock for spells.
*/
-- numerator: children first seen in the month more than 126 days after the referral
select first_contact_date as on_date, person_id, lsoa, age_at_referral as age, pathway,
    case sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex,
    case
        when days > 364 then 'Over 52 weeks'
        else '18 to 52 weeks'
    end as band
from camhs_first_contact
where days > 126

-- denominator: children first seen in the month
select first_contact_date as on_date, person_id, lsoa, age_at_referral as age, pathway,
    case sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex
from camhs_first_contact
