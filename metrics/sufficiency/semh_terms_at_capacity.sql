/*
title: Terms in which SEMH provision was full
priority: sufficiency
question: How often is SEMH provision at or over the number of places commissioned?
kind: proportion
unit: "% of terms of each provision"
polarity: low
period: academic_year
no_comparator: Published capacity is of one day a year and of school buildings, not of places commissioned.
sources: [placement_cost]
population: SEMH-designated provision in the borough with places commissioned that term.
caveats:
  - Each provision counts once a term, on its last day, key stages together.
  - Full is as many children as places, or more. How full each provision was stands under places filled.
statistic_of: places
*/
-- numerator: terms in which as many children as places, or more, were placed on the last day
select period_end as on_date, provision_id
from term_full
where children >= places and designation = 'SEMH'

-- denominator: terms with places commissioned, counted for each provision
select period_end as on_date, provision_id
from term_full
where designation = 'SEMH'
