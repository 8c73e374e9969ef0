/*
title: Children referred to CAMHS who have SEN
priority: pathways
question: Of the children referred to CAMHS, how many are on SEN support or have an EHC plan?
kind: proportion
unit: "% of linked children referred"
polarity: none
period: academic_year
breakdowns: [sex, year_group, ethnicity, deprivation, locality, need]
shares: [need]
no_comparator: No published series joins school and mental health records.
sources: [referral, contact, pupil_census, link]
population: Children under 18 referred in the academic year whose record is linked to that of a pupil of the borough's schools, each counted once a year.
caveats:
  - Health and school records are joined by linkage, and only linked children are counted on both sides; health_link_rate gives the share linked, for each group.
  - It is not shown while fewer than 60% of children referred are linked.
  - SEN is that of the January census of the year or, where the child was not on roll that January, of the year before.
statistic_of: people
*/
-- numerator: of those, children on SEN support or with an EHC plan that January
select y.first_received as on_date, y.person_id
from camhs_child_year y
join link_coverage c on c.share >= 0.6
join known_pupil k on k.person_id = y.person_id and k.academic_year = y.academic_year
where k.sen_provision in ('K', 'E')

-- denominator: children referred in the academic year who are linked to a pupil known that year
select y.first_received as on_date, y.person_id
from camhs_child_year y
join link_coverage c on c.share >= 0.6
join known_pupil k on k.person_id = y.person_id and k.academic_year = y.academic_year
