/*
title: Children first seen within 4 weeks by CAMHS
priority: pathways
question: Of the children first seen this month, what share was seen within four weeks?
kind: proportion
unit: "% of children first seen"
polarity: high
period: month
breakdowns: [pathway, sex, age_band, locality]
no_comparator: NHS England publishes waits by provider and commissioner, not by borough.
sources: [contact, referral]
population: Children under 18 first seen in the month by community child and adolescent mental health services.
caveats:
  - A first attended contact, in person, by video or by phone, ends the wait; a contact dated before the referral is left out.
  - The national four-week standard also asks for a care plan and a first score; see the national clock.
  - A wait that began before the first referral on record cannot show; the first year of records is left out.
  - Referrals of the same child are not merged into one spell; see the national clock for spells.
*/
-- numerator: children first seen in the month within 28 days of the referral
select first_contact_date as on_date, person_id, lsoa, age_at_referral as age, pathway,
    case sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex
from camhs_first_contact
where days <= 28

-- denominator: children first seen in the month
select first_contact_date as on_date, person_id, lsoa, age_at_referral as age, pathway,
    case sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex
from camhs_first_contact
