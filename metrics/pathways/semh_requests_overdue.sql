/*
title: Open requests for a plan for pupils with SEMH need that are overdue
priority: pathways
question: Of the requests still open for pupils with SEMH need, how many have been open for more than 20 weeks?
kind: proportion
unit: "% of open requests"
polarity: low
period: census
breakdowns: [age_band]
no_comparator: Published timeliness is of plans issued; requests still open are not in it.
sources: [ehc_request, ehc_assessment, pupil_census]
population: Children and young people whose request was open on the January census day, whose school had recorded SEMH as primary need.
caveats:
  - Open means that neither a refusal nor a plan has been sent on the day of the return. Twenty weeks are 140 days.
  - Some are late for a reason the law allows; exceptions are known only when the case is closed.
  - A request names no need; SEMH is the primary need the pupil's school recorded at the January census of that school year, or of the year before. Children under school age and in independent schools are never among them.
  - Known from yearly returns, for one day in January; the council's own case system knows it for today.
part_of: [all_requests_overdue]
*/
-- numerator: requests open on the January census day for pupils with SEMH need, received more than 140 days before
select snapshot_date as on_date, person_id
from open_case
where days > 140 and semh

-- denominator: requests open on the January census day for pupils with SEMH need
select snapshot_date as on_date, person_id
from open_case
where semh
