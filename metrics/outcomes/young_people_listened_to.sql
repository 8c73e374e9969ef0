/*
title: Young people who feel listened to
priority: outcomes
question: Do young people feel that they have a say in the help they get?
kind: proportion
unit: "% of young people who answered"
polarity: high
period: census
breakdowns: [service]
no_comparator: The survey is local.
sources: [voice_survey]
population: Young people who answered the local survey, through whichever service asked them.
caveats:
  - Agree or strongly agree with "I feel listened to about the help I should have".
  - Those who answered may differ from those who did not; a service that asked nobody is not shown.
statistic_of: people
*/
-- numerator: young people who agree or strongly agree
select on_date, service
from voice_answer
where audience = 'young people' and question = 'listened to' and agrees = 1

-- denominator: young people who answered
select on_date, service
from voice_answer
where audience = 'young people' and question = 'listened to'
