/*
title: Yearly cost of an SEMH placement in a local special school
priority: cost
question: What would a place in the borough cost instead?
kind: mean
unit: pounds a year
decimals: 0
polarity: none
period: financial_year
breakdowns: [residential]
no_comparator: Published unit costs cover all needs and leave out transport.
sources: [placement_cost]
population: Placements of children with SEMH as primary need at state-funded special schools in the borough on 31 March.
caveats:
  - Counts what the commissioning register holds; where place funding is not in its weekly cost, the local figure is understated.
  - Children placed locally may have lesser needs than those placed far away; the two costs are not like for like.
part_of: [sen_local_cost_per_place]
*/
-- numerator: cost for a year of each local special school placement under way on 31 March
select d.day as on_date, p.person_id, p.provider_id, p.residential, p.annual_cost as value
from placement_priced p
join calendar_day d on d.day = d.financial_year_end and d.day >= p.start_date
    and (p.end_date is null or d.day <= p.end_date)
where p.primary_need = 'SEMH' and p.in_borough and p.placement_type = 'special'
    and p.annual_cost is not null
