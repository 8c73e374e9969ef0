/*
title: Gap in SEN support for SEMH between the most and least deprived areas
priority: demand
question: How much more SEN support for SEMH do children in the most deprived areas have?
kind: computed
method: slope
unit: percentage points, least deprived less most deprived
decimals: 1
multiplier: 100
polarity: none
period: census
breakdowns: []
no_comparator: No published series gives the slope index of SEN support within an authority.
sources: [pupil_census]
population: Pupils on roll at the January census living in the borough, by the deprivation tenth of the home area.
caveats:
  - The slope index of inequality fits a line through the share with SEN support for SEMH in each deprivation tenth and gives the difference between its ends; below 0 means more support in the more deprived areas.
  - Need is higher in more deprived areas; the gap says who has support, not whether it matches need.
*/
-- numerator: pupils on roll on SEN support with SEMH as primary need, by home area in the borough
select r.census_date as on_date, r.person_id, a.lsoa, a.imd_decile
from pupil_year r
join area a on a.lsoa = r.lsoa
where a.locality is not null and r.enrol_status in ('C', 'M')
    and r.sen_provision = 'K' and r.primary_need = 'SEMH'

-- denominator: pupils on roll at the January census, by home area in the borough
select r.census_date as on_date, r.person_id, a.lsoa, a.imd_decile
from pupil_year r
join area a on a.lsoa = r.lsoa
where a.locality is not null and r.enrol_status in ('C', 'M')
