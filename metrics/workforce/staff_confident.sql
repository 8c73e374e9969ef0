/*
title: School staff confident in supporting SEMH needs
priority: workforce
question: Do staff feel able to support these pupils, in which roles and phases?
kind: proportion
unit: "% of staff who answered"
polarity: high
period: census
breakdowns: [role, phase, locality]
no_comparator: The survey is local.
sources: [staff_survey]
population: School staff who answered the local survey.
caveats:
  - Agree or strongly agree with "I am confident in supporting pupils with SEMH needs".
  - Staff who answered may differ from those who did not; see the share of schools that answered.
statistic_of: people
*/
-- numerator: staff who agree or strongly agree
select on_date, urn, role
from staff_answer
where question = 'confident' and agrees = 1

-- denominator: staff who answered
select on_date, urn, role
from staff_answer
where question = 'confident'
