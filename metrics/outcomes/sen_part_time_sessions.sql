/*
title: Sessions lost to part-time timetables, pupils with SEN
priority: outcomes
question: How much school do pupils with any special educational need lose to part-time timetables?
kind: ratio
unit: "% of possible sessions"
multiplier: 100
decimals: 2
polarity: low
period: academic_year
breakdowns: [sen, phase]
no_comparator: Published for SEN support and for EHC plans apart, not for both together.
sources: [attendance, pupil_census]
population: Pupils of the borough's state-funded schools on SEN support or with an EHC plan, for any need.
caveats:
  - Coded so only since August 2024; there is no figure for the years before.
  - Ten times this figure is sessions per 1,000. A part-time timetable should be short and agreed; it lowers suspensions without lowering need.
  - The interval treats pupils, not sessions, as the units.
*/
-- numerator: sessions coded C2, a part-time timetable
select term_start as on_date, person_id, urn, sen, cast(part_time as double) as amount
from sen_sessions
where term_start >= date '2024-08-19'

-- denominator: possible sessions
select term_start as on_date, person_id, urn, sen, cast(possible as double) as amount
from sen_sessions
where term_start >= date '2024-08-19'
