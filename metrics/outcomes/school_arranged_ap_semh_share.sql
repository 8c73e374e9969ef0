/*
title: School-arranged alternative provision for behaviour or mental health
priority: outcomes
question: Of the pupils schools place in alternative provision, how many are there for behaviour or mental health?
kind: proportion
unit: "% of pupils placed"
polarity: none
period: academic_year
breakdowns: [phase, sex]
no_comparator: Reasons are published as placements on the spring census day, not as pupils in the year.
sources: [ap_placement]
population: Pupils of the borough's schools whose school placed them in alternative provision in the year.
caveats:
  - The reason is that of the first placement of the year.
  - Behaviour support and mental health together are the nearest sign of SEMH in this return; a placement for another reason may hide one.
statistic_of: people
*/
-- numerator: pupils first placed for off-site behaviour support or a mental-health need
select entry_date as on_date, person_id, urn
from school_ap_pupil
where placement_reason in ('BHS', 'MHN')

-- denominator: pupils whose school first placed them in alternative provision in the year
select entry_date as on_date, person_id, urn
from school_ap_pupil
