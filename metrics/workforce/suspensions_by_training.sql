/*
title: Suspension rate, schools with staff trained the year before and without
priority: workforce
question: Are there fewer suspensions where staff were trained?
kind: rate
unit: suspensions per 100 pupils
multiplier: 100
polarity: low
period: academic_year
breakdowns: [training]
no_comparator: Schools' training is not collected nationally.
sources: [suspension, training, pupil_census]
population: Pupils of the borough's state-funded schools that returned the January census.
caveats:
  - Schools choose to train, so a difference may come from the schools and not from the training. Read it beside each school's own trend.
  - Trained means that anyone on the staff came to a course in SEMH in the academic year before.
  - A school that sent no training record is shown apart; it is not taken to have trained nobody.
*/
-- numerator: suspensions that began in the year at schools that returned the January census
select s.start_date as on_date, s.person_id, s.urn,
    coalesce(t.training, 'No training record sent') as training
from suspension_in_year s
join (select distinct academic_year from school_trained) y on y.academic_year = s.academic_year
left join school_trained t on t.urn = s.urn and t.academic_year = s.academic_year
left join january_missing m on m.urn = s.urn and m.academic_year = s.academic_year
where m.urn is null

-- denominator: pupils on roll at the January census, sole and dual-main registrations
select r.census_date as on_date, r.person_id, r.urn,
    coalesce(t.training, 'No training record sent') as training
from january_roll r
join (select distinct academic_year from school_trained) y on y.academic_year = r.academic_year
left join school_trained t on t.urn = r.urn and t.academic_year = r.academic_year
