/*
title: Open requests for a plan that are overdue
priority: pathways
question: Of the requests still open, how many have been open for more than 20 weeks?
kind: proportion
unit: "% of open requests"
polarity: low
period: census
breakdowns: [age_band]
no_comparator: Published timeliness is of plans issued; requests still open are not in it.
sources: [ehc_request, ehc_assessment, pupil_census]
population: Children and young people whose request was open on the January census day.
caveats:
  - Open means that neither a refusal nor a plan has been sent on the day of the return. Twenty weeks are 140 days.
  - Some are late for a reason the law allows; exceptions are known only when the case is closed.
  - Known from yearly returns, for one day in January; the council's own case system knows it for today.
*/
-- numerator: requests open on the January census day, received more than 140 days before
select snapshot_date as on_date, person_id
from open_case
where days > 140

-- denominator: requests open on the January census day
select snapshot_date as on_date, person_id
from open_case
