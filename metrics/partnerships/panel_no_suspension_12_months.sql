/*
title: Children not suspended in the twelve months after a panel's decision
priority: partnerships
question: Does what the panel decides hold, twelve months on?
kind: proportion
unit: "% of children followed"
polarity: high
period: academic_year
breakdowns: [panel, partnership]
no_comparator: Panels are local; nothing is published.
sources: [suspension, panel_case, pupil_census]
population: Children whose case a panel decided, and who were still on a school's roll here twelve months later.
caveats:
  - Neither suspended, lunchtimes among them, nor permanently excluded, at any school here. Counted in the year in which the twelve months were over.
  - A suspension at a school that did not return its census is not known.
  - Children come to a panel when things are at their worst, so some would have improved anyway.
*/
-- numerator: cases followed for twelve months without a suspension or permanent exclusion
select over_date as on_date, person_id, urn, panel, partnership
from panel_follow_up
where months = 12 and suspensions = 0

-- denominator: cases whose twelve months after the decision were over in the year, of children still on a roll here
select over_date as on_date, person_id, urn, panel, partnership
from panel_follow_up
where months = 12
