/*
title: Appeals to the SEND tribunal
priority: pathways
question: How many of the decisions that could be appealed went to the tribunal?
kind: rate
unit: appeals per 100 appealable decisions
multiplier: 100
polarity: low
period: calendar_year
breakdowns: [sex, age_band]
comparator:
  series: lait.SEN_AppealableDec
  note: The same decisions are counted; the published number of appeals is the tribunal's own.
sources: [dispute, ehc_request, ehc_assessment, ehc_plan, placement]
population: Decisions of this authority on EHC assessments and plans, for any need.
caveats:
  - Appealable decisions are requests refused, plans not issued, plans ceased in the year, and plans in force in the January after it.
  - Known from the authority's own register; an appeal it has not been told of is not counted.
*/
-- numerator: appeals registered in the year
select registered_date as on_date, person_id
from appeal

-- denominator: decisions of the year that can be appealed, and plans in force in the January after
select on_date, person_id
from appealable_decision
