/*
title: Children in contact with CAMHS
priority: demand
question: How many children were seen by mental health services at least once in the year?
kind: count
unit: children
decimals: 0
polarity: high
period: financial_year
breakdowns: [sex, age_band, locality]
no_comparator: The national measure (MHS95) is of rolling twelve months by NHS area and all NHS providers; it is shown on the Compare page.
sources: [referral, contact]
population: Children under 18 in contact with community child and adolescent mental health services.
caveats:
  - Counted by financial year, each child once a year; the national measure counts every rolling twelve months, and agrees at the end of March.
  - In person, by phone, by video or by talk type, as in the national measure; text and e-mail do not count, and indirect work is not in the records loaded.
  - Providers that did not send records are not in it.
statistic_of: people
*/
-- numerator: children under 18 with at least one attended contact in the financial year, each counted once
select contact_date as on_date, person_id, lsoa, age,
    case sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex
from camhs_person_year
