/*
title: Appeals that followed a mediation
priority: pathways
question: How often did families and the authority meet before an appeal?
kind: proportion
unit: "% of appeals"
polarity: high
period: calendar_year
breakdowns: [about, sex]
no_comparator: The published figures count mediations held, not the appeals they came before.
sources: [dispute]
population: Appeals to the SEND tribunal registered in the year, other than those about the school named only, for which no mediation is asked.
caveats:
  - A mediation counts when it was asked for in the 365 days before the appeal, about the same decision.
  - A family may get a certificate without a meeting and appeal; that is not a mediation here.
*/
-- numerator: appeals before which a mediation about the same decision was asked for within a year
select registered_date as on_date, person_id, about
from appeal
where about_code <> 'PLA' and mediated = 1

-- denominator: appeals registered in the year, other than about the school named only
select registered_date as on_date, person_id, about
from appeal
where about_code <> 'PLA'
