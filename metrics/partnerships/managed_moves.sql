/*
title: Managed moves agreed
priority: partnerships
question: How many children move school by agreement, and from which phase and partnership?
kind: count
unit: managed moves
decimals: 0
polarity: none
period: academic_year
breakdowns: [partnership, phase]
no_comparator: Managed moves are not collected nationally.
sources: [panel_case]
population: Children for whom a panel agreed a managed move to another school.
caveats:
  - Phase is that of the school the child moved from.
*/
-- numerator: managed moves agreed in the year
select decided_date as on_date, person_id, urn_from as urn, partnership
from live_panel_case
where decision = 'managed move' and decided_date is not null
