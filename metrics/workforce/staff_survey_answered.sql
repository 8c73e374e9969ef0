/*
title: Schools that answered the staff survey
priority: workforce
question: How much of the workforce do the survey's figures speak for?
kind: proportion
unit: "% of schools"
polarity: high
period: census
breakdowns: [phase, locality, school]
no_comparator: The survey is local.
sources: [staff_survey]
population: Schools and other settings open on the day the survey closed that owe a school census return.
caveats:
  - A school counts as soon as one member of its staff answered.
statistic_of: places
*/
-- numerator: schools of which anyone answered
select distinct a.on_date, a.urn
from live_staff_survey a
join school s on s.urn = a.urn and s.expects_census
    and coalesce(s.open_date, a.on_date) <= a.on_date
    and coalesce(s.close_date, a.on_date) >= a.on_date
where a.answers > 0

-- denominator: schools open on the day
select w.on_date, s.urn
from (select distinct on_date from live_staff_survey) w
join school s on s.expects_census
    and coalesce(s.open_date, w.on_date) <= w.on_date
    and coalesce(s.close_date, w.on_date) >= w.on_date
