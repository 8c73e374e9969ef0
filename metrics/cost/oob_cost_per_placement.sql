/*
title: Yearly cost of an SEMH placement in an independent school out of the borough
priority: cost
question: What does one independent placement out of the borough cost in a year, all in?
kind: mean
unit: pounds a year
decimals: 0
polarity: low
period: financial_year
breakdowns: [provider_type, residential]
no_comparator: The department's cost per plan leaves out health, care and transport, covers all needs, and sets financial-year spending against January plans.
sources: [placement_cost]
population: Placements of children with SEMH as primary need at independent or non-maintained special schools outside the borough on 31 March.
caveats:
  - Education, health and social care shares and transport together, whoever pays; at the price on 31 March for a whole year.
  - A placement without any weekly cost in the register is left out.
part_of: [sen_oob_cost_per_placement]
*/
-- numerator: cost for a year of each placement under way on 31 March
select d.day as on_date, p.person_id, p.provider_id, p.residential, p.annual_cost as value
from oob_placement p
join calendar_day d on d.day = d.financial_year_end and d.day >= p.start_date
    and (p.end_date is null or d.day <= p.end_date)
where p.annual_cost is not null
