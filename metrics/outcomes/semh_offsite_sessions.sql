/*
title: Sessions educated off site or in alternative provision, pupils with SEMH as primary need
priority: outcomes
question: How much of their schooling do pupils with SEMH need have away from their school?
kind: ratio
unit: "% of possible sessions"
multiplier: 100
decimals: 2
polarity: none
period: academic_year
breakdowns: [phase, locality]
no_comparator: Sessions coded B and K are not published by need for each authority.
sources: [attendance, pupil_census]
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan.
caveats:
  - Coded so only since August 2024; there is no figure for the years before.
  - Ten times this figure is sessions per 1,000. B is off-site education the school arranged, K what the authority arranged; neither is absence.
  - The interval treats pupils, not sessions, as the units.
part_of: [sen_offsite_sessions]
*/
-- numerator: sessions coded B or K, educated elsewhere
select term_start as on_date, person_id, urn, cast(elsewhere as double) as amount
from semh_sessions
where term_start >= date '2024-08-19'

-- denominator: possible sessions
select term_start as on_date, person_id, urn, cast(possible as double) as amount
from semh_sessions
where term_start >= date '2024-08-19'
