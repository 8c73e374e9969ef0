/*
title: Reasons for suspension, pupils with SEMH as primary need
priority: outcomes
question: What are pupils with SEMH need suspended for?
kind: count
unit: pupils, once for each reason
decimals: 0
polarity: none
period: academic_year
breakdowns: [reason]
no_comparator: Reasons are published for England by term; the files for each authority end in 2017.
sources: [suspension, pupil_census]
population: Pupils of the borough's state-funded schools whose primary need was SEMH, on SEN support or with an EHC plan.
caveats:
  - A suspension has up to three reasons. A pupil counts once for each kind of reason, however often; so the whole is pupils and reasons together, more than pupils suspended.
  - Kinds of reason are groups of the census codes; codes new in 2026 are among the other reasons until their labels are confirmed.
  - Suspensions that a setting has not returned are missing from the count.
part_of: [all_suspension_reasons]
*/
-- numerator: pupils with SEMH as primary need suspended in the year, once for each kind of reason
select s.on_date, s.person_id, s.reason
from suspension_reason s
join sen_pupil p on p.person_id = s.person_id and p.academic_year = s.academic_year and p.semh
