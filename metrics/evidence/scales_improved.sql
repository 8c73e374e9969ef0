/*
title: Scales that reliably improved after help from CAMHS, by measure
priority: evidence
question: By which measures do children improve, such as SDQ, RCADS, CORS or goals?
kind: proportion
unit: "% of scales scored before and after"
polarity: high
period: financial_year
breakdowns: [tool]
no_comparator: NHS England publishes outcomes by provider, not by borough.
sources: [outcome_score, referral, contact]
population: Accepted referrals of children under 18 closed in the year, seen at least twice and scored twice on the same scale.
caveats:
  - Scales are counted, not children; a measure such as the SDQ has several scales, and a child scored on four counts four times here.
  - Thresholds differ between measures, so one measure with more improvement than another is not by itself the better help.
  - RCADS in T-scores. Scales without a reliable-change threshold do not count.
*/
-- numerator: scales that got reliably better
select discharge_date as on_date, person_id, tool
from scale_outcome
where change = 1

-- denominator: scales scored before and after on closed referrals
select discharge_date as on_date, person_id, tool
from scale_outcome
