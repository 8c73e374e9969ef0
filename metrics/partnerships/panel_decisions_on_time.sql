/*
title: Panel decisions made on time
priority: partnerships
question: Do the panels decide by the day they promise?
kind: proportion
unit: "% of decisions due"
polarity: high
period: term
breakdowns: [panel, partnership]
no_comparator: Panels are local, each with its own terms; nothing is published.
sources: [panel_case]
population: Cases of inclusion, managed move and fair access panels in which a decision fell due in the term.
caveats:
  - The day a decision is due is the panel's own; a case without one is in neither number.
  - A case still undecided after that day is late.
*/
-- numerator: decisions made by the day they were due
select due_date as on_date, person_id, panel, partnership
from live_panel_case
where decided_date <= due_date

-- denominator: decisions that fell due in the term
select due_date as on_date, person_id, panel, partnership
from live_panel_case
where due_date is not null
