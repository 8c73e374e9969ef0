/*
title: Children with a SEMH EHC plan who are known to CAMHS
priority: pathways
question: Of the children and young people with an EHC plan for SEMH, how many are known to CAMHS?
kind: proportion
unit: "% of plans for SEMH"
polarity: none
period: census
breakdowns: [sex, age_band, ethnicity, deprivation, locality]
no_comparator: No published series joins EHC plans and mental health records.
sources: [ehc_plan, placement, referral, contact, link]
population: Children and young people whose EHC plan this authority maintains, with SEMH as primary need, on the January census day.
caveats:
  - Known means an open referral on the census day, or one that ended in the twelve months before.
  - Health and SEN records are joined by linkage. A link that was missed counts as not known, so the true share is higher; health_link_rate gives the share linked, for each group.
  - It is not shown while fewer than 60% of children referred are linked, nor for a census less than a year after the first contact held.
  - CAMHS see children under 18; the plans are of people aged 0 to 25.
*/
-- numerator: of those, people with a linked CAMHS referral open on the day or ended in the twelve months before
select distinct p.census_date as on_date, p.person_id
from semh_plan p
join link_coverage c on c.share >= 0.6 and p.census_date >= c.known_from
join known_to_camhs k on k.person_id = p.person_id and k.received_date <= p.census_date
where k.ended_date is null or k.ended_date >= p.census_date - interval '12' month

-- denominator: people with an EHC plan in force on the January census day whose primary need was SEMH
select distinct p.census_date as on_date, p.person_id
from semh_plan p
join link_coverage c on c.share >= 0.6 and p.census_date >= c.known_from
