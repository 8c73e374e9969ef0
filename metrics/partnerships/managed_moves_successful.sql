/*
title: Managed moves that succeeded
priority: partnerships
question: Of the managed moves that ended, how many children stayed at the new school?
kind: proportion
unit: "% of managed moves whose end is known"
polarity: high
period: academic_year
breakdowns: [partnership]
no_comparator: Managed moves are not collected nationally.
sources: [panel_case]
population: Managed moves whose trial ended in the year and whose outcome somebody wrote down.
caveats:
  - A move whose outcome nobody wrote down is in neither number; a partnership that writes none down is not shown as zero.
*/
-- numerator: managed moves that ended as a success
select outcome_date as on_date, person_id, partnership
from live_panel_case
where decision = 'managed move' and outcome = 'successful' and outcome_date is not null

-- denominator: managed moves that ended in the year with an outcome written down
select outcome_date as on_date, person_id, partnership
from live_panel_case
where decision = 'managed move' and outcome is not null and outcome_date is not null
