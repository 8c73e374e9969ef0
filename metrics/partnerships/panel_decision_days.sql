/*
title: Median days from referral to a panel's decision
priority: partnerships
question: How long do children wait for a panel to decide?
kind: quantile
quantile: 0.5
unit: days
decimals: 0
polarity: low
period: academic_year
breakdowns: [panel, partnership]
no_comparator: Panels are local; nothing is published.
sources: [panel_case]
population: Cases that a panel decided in the year.
caveats:
  - Cases still undecided are not in it; see the share decided on time.
*/
-- numerator: days from referral to decision of each case decided
select decided_date as on_date, person_id, panel, partnership,
    date_diff('day', received_date, decided_date) as value
from live_panel_case
where decided_date is not null
