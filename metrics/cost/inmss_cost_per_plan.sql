/*
title: Cost per EHC plan in an independent or non-maintained special school, the department's definition
priority: cost
question: What does a plan in an independent or non-maintained special school cost, counted as the Department for Education counts it?
kind: computed
unit: "pounds a year"
method: sum_over_sum
decimals: 0
polarity: low
period: financial_year
breakdowns: []
no_comparator: Published for England only, in an answer to Parliament, £64,000 in 2024/25 (written answer 100030, 7 January 2026).
sources: [budget_line, ehc_plan, placement]
population: Children and young people with an EHC plan, for any need, whose main placement on the January census day is an independent or non-maintained special school, in the borough or not.
caveats:
  - Spending is that of the financial year, plans those of the January in it. Health, social care and transport are left out, so it is lower than the local cost of a placement.
  - £10,000 is added for each plan in a non-maintained special school, whose place funding is not in the budget line.
  - A school in no register counts in neither sum. Specialist post-16 is left out where the line keeps it apart.
*/
-- numerator: spending of the year on budget line 1.2.3 as it stood at the end of March, and £10,000 of place funding for each plan in a non-maintained special school
select on_date, cast(null as varchar) as person_id, cast(amount as double) as amount
from inmss_outturn
union all
select census_date as on_date, cast(null as varchar) as person_id, 10000.0 as amount
from inmss_plan
where establishment = 'nmss'

-- denominator: EHC plans whose main placement on the January census day is an independent or non-maintained special school
select census_date as on_date, person_id, 1.0 as amount
from inmss_plan
