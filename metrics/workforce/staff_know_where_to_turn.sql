/*
title: School staff who know where to turn
priority: workforce
question: Do staff know whom to ask when a pupil needs more help than school can give?
kind: proportion
unit: "% of staff who answered"
polarity: high
period: census
breakdowns: [role, phase]
no_comparator: The survey is local.
sources: [staff_survey]
population: School staff who answered the local survey.
caveats:
  - Agree or strongly agree with "I know where to turn when a pupil needs more help".
  - Staff who answered may differ from those who did not; see the share of schools that answered.
statistic_of: people
*/
-- numerator: staff who agree or strongly agree
select on_date, urn, role
from staff_answer
where question = 'where to turn' and agrees = 1

-- denominator: staff who answered
select on_date, urn, role
from staff_answer
where question = 'where to turn'
