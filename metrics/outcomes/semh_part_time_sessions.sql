/*
title: Sessions lost to part-time timetables, pupils with SEMH as primary need
priority: outcomes
question: How much school do pupils with SEMH need lose to part-time timetables?
kind: ratio
unit: "% of possible sessions"
multiplier: 100
decimals: 2
polarity: low
period: academic_year
breakdowns: [phase, locality]
comparator:
  series: absence_by_need.semh.sess_auth_temp_reduced_timetable_rate
  note: Same definition; the published figure covers pupils of compulsory school age.
sources: [attendance, pupil_census]
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan.
caveats:
  - Coded so only since August 2024; there is no figure for the years before.
  - Ten times this figure is sessions per 1,000. A part-time timetable should be short and agreed; it lowers suspensions without lowering need.
  - The interval treats pupils, not sessions, as the units.
part_of: [sen_part_time_sessions]
*/
-- numerator: sessions coded C2, a part-time timetable
select term_start as on_date, person_id, urn, cast(part_time as double) as amount
from semh_sessions
where term_start >= date '2024-08-19'

-- denominator: possible sessions
select term_start as on_date, person_id, urn, cast(possible as double) as amount
from semh_sessions
where term_start >= date '2024-08-19'
