/*
title: Children helped before their EHC plan was asked for
priority: outcomes
question: How many children with a new SEMH plan had support first?
kind: proportion
unit: "% of first EHC plans for SEMH"
polarity: high
period: calendar_year
breakdowns: [sex, deprivation, locality]
no_comparator: Local support is not collected nationally.
sources: [ehc_assessment, ehc_request, ehc_plan, intervention]
population: Children whose first EHC plan was issued in the year with SEMH as primary need.
caveats:
  - Support outside CAMHS that is on the record of support, begun before the request was received; what schools gave from their own means is not in it.
  - Only from the second full calendar year of the record of support, so that there was time for help to come first.
*/
-- numerator: of them, children whose support began before the plan was asked for
select p.issued_date as on_date, p.person_id
from plan_issued p
join (
    select person_id, min(start_date) as first_help
    from live_intervention
    group by person_id
) h on h.person_id = p.person_id and h.first_help < p.received_date
join (select min(start_date) as first_day from live_intervention) r
    on extract(year from p.issued_date) >= extract(year from r.first_day) + 2
where p.need = 'Social, emotional and mental health'

-- denominator: first EHC plans issued with SEMH as primary need
select p.issued_date as on_date, p.person_id
from plan_issued p
join (select min(start_date) as first_day from live_intervention) r
    on extract(year from p.issued_date) >= extract(year from r.first_day) + 2
where p.need = 'Social, emotional and mental health'
