/*
title: Places of support that were used
priority: evidence
question: Which support is full, and which goes unused?
kind: ratio
unit: "% of places commissioned a year"
multiplier: 100
polarity: none
period: academic_year
breakdowns: [intervention, evidence]
no_comparator: Local support is not collected nationally.
sources: [intervention, intervention_register]
population: Support on the intervention register for which the number of places commissioned a year is known.
caveats:
  - Spells that began in the year, against the places the register gives now; above 100 is more than was commissioned.
  - Support that nobody was given is shown at nought.
*/
-- numerator: spells of support that began in the year, of kinds whose places are known
select g.start_date as on_date, g.person_id, g.intervention, g.evidence, 1.0 as amount
from support_given g
join live_intervention_register r on r.name = g.intervention
where r.places_a_year > 0

-- denominator: places commissioned for the year
select d.day as on_date, r.name as intervention, r.evidence_rating as evidence,
    r.places_a_year as amount
from live_intervention_register r
join calendar_day d on d.day = d.academic_year_end
join (select distinct academic_year from support_given) y
    on y.academic_year = extract(year from d.day) - 1
where r.places_a_year > 0
