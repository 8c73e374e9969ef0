/*
title: Tribunal appeals decided for the family
priority: pathways
question: Of the appeals the tribunal decided, how many were for the family, at least in part?
kind: proportion
unit: "% of appeals decided by the tribunal"
polarity: low
period: calendar_year
breakdowns: [about, sex]
no_comparator: The tribunal publishes outcomes for England, not by authority.
sources: [dispute]
population: Appeals about EHC decisions of this authority that the tribunal decided in the year.
caveats:
  - Appeals conceded by the authority or withdrawn were not decided and are in neither number.
*/
-- numerator: appeals decided for the family, wholly or in part
select decided_date as on_date, person_id, about
from appeal
where result in ('UPH', 'PUP')

-- denominator: appeals decided by the tribunal
select decided_date as on_date, person_id, about
from appeal
where result in ('UPH', 'PUP', 'DIS')
