/*
title: Parents and carers confident that needs are met
priority: outcomes
question: Do families trust that their child's needs are being met?
kind: proportion
unit: "% of parents and carers who answered"
polarity: high
period: census
breakdowns: [service]
no_comparator: The survey is local.
sources: [voice_survey]
population: Parents and carers who answered the local survey, through whichever service asked them.
caveats:
  - Agree or strongly agree with "I am confident that my child's needs are being met".
  - Those who answered may differ from those who did not; a service that asked nobody is not shown.
statistic_of: people
*/
-- numerator: parents and carers who agree or strongly agree
select on_date, service
from voice_answer
where audience = 'parents and carers' and question = 'needs met' and agrees = 1

-- denominator: parents and carers who answered
select on_date, service
from voice_answer
where audience = 'parents and carers' and question = 'needs met'
