/*
title: Pupils with SEMH who are known to CAMHS
priority: pathways
question: Of the pupils whose main need is SEMH, how many are known to CAMHS?
kind: proportion
unit: "% of pupils with SEMH"
polarity: none
period: census
breakdowns: [phase, sex, age_band, ethnicity, deprivation, locality]
no_comparator: No published series joins school and mental health records.
sources: [pupil_census, referral, contact, link]
population: Pupils on roll at the January census on SEN support or with an EHC plan, with SEMH as primary need.
caveats:
  - Known means an open referral on the census day, or one that ended in the twelve months before.
  - Health and school records are joined by linkage. A link that was missed counts as not known, so the true share is higher; health_link_rate gives the share linked, for each group.
  - It is not shown while fewer than 60% of children referred are linked, nor for a census less than a year after the first contact held.
statistic_of: people
*/
-- numerator: of those, pupils with a linked CAMHS referral open on the day or ended in the twelve months before
select distinct p.census_date as on_date, p.person_id, p.urn
from january_roll p
join link_coverage c on c.share >= 0.6 and p.census_date >= c.known_from
join known_to_camhs k on k.person_id = p.person_id and k.received_date <= p.census_date
where p.sen_provision in ('K', 'E') and p.primary_need = 'SEMH'
    and (k.ended_date is null or k.ended_date >= p.census_date - interval '12' month)

-- denominator: pupils on SEN support or with an EHC plan whose primary need was SEMH
select distinct p.census_date as on_date, p.person_id, p.urn
from january_roll p
join link_coverage c on c.share >= 0.6 and p.census_date >= c.known_from
where p.sen_provision in ('K', 'E') and p.primary_need = 'SEMH'
