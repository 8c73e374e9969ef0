/*
title: Longest waits so far of children waiting for CAMHS
priority: pathways
question: How long have the ten children who have waited longest to be seen all waited?
kind: computed
method: longest_shared
unit: weeks
decimals: 0
polarity: low
period: month
stock: true
breakdowns: []
no_comparator: NHS England publishes children waiting by provider and commissioner, not by borough, and no longest wait.
sources: [contact, referral]
population: Children under 18 with a referral that is open at the end of the month and has had no attended contact.
caveats:
  - The longest wait of all is one child's, so it is not told. Ten children have each waited at least as long as this, which is rounded down to whole four weeks.
  - Counted on the last day of the month. A referral that was refused or closed is no longer waiting; a child with two open referrals counts once, with the longer wait.
  - Not available while fewer than twenty children wait.
*/
-- numerator: weeks waited so far by each referral waiting at the end of the month
select day as on_date, person_id, days / 7.0 as value
from camhs_month_end
