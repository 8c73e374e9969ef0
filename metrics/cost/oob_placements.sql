/*
title: SEMH placements in independent schools out of the borough
priority: cost
question: How many children with SEMH needs are placed in independent or non-maintained special schools outside the borough?
kind: count
unit: placements
decimals: 0
polarity: low
period: month
stock: true
breakdowns: [provider_type, residential, age_band, locality]
no_comparator: Published counts of plans by kind of school do not say whether the school is outside the authority.
sources: [placement_cost]
population: Children and young people whose placement the authority pays for and whose primary need is SEMH.
caveats:
  - Counted on the last day of each month, from the commissioning register.
  - State-funded special schools of other authorities, and colleges, are not counted here.
*/
-- numerator: placements under way on the last day of the month
select d.day as on_date, p.person_id, p.provider_id, p.residential
from oob_placement p
join calendar_day d on d.day = d.month_end and d.day >= p.start_date
    and (p.end_date is null or d.day <= p.end_date)
