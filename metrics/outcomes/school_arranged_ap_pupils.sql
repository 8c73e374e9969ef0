/*
title: Pupils in alternative provision their school arranged
priority: outcomes
question: How many pupils do schools place in alternative provision, for which reasons, and from which schools?
kind: count
unit: pupils
decimals: 0
polarity: none
period: academic_year
breakdowns: [reason, phase, sex, need, school]
no_comparator: The published number counts pupils in such a placement on the spring census day, not in the year.
sources: [ap_placement]
population: Pupils of the borough's schools whose school placed them in alternative provision in the year.
caveats:
  - A pupil placed several times in a year is counted once, with the reason of the first placement, at the school that arranged it.
  - Schools have had to return these placements since spring 2023; fewer are known before.
*/
-- numerator: pupils whose school first placed them in alternative provision in the year
select entry_date as on_date, person_id, urn, reason
from school_ap_pupil
