/*
title: Outcomes in EHC plans met at annual review
priority: outcomes
question: Are the outcomes set in plans being met?
kind: proportion
unit: "% of outcomes reviewed"
polarity: high
period: academic_year
breakdowns: [need]
no_comparator: Outcomes met at review are not published.
sources: [review_outcome]
population: Outcomes in EHC plans, for any need, that an annual review judged in the year.
caveats:
  - Until the EHC team sends the judgement of each outcome at review (child, review date, outcome, met or not) this is not available. The SEN2 return has the dates of reviews and not their judgements.
*/
-- numerator: outcomes judged met at a review in the year
select review_date as on_date, person_id
from live_review_outcome
where result = 'met'

-- denominator: outcomes judged at a review in the year
select review_date as on_date, person_id
from live_review_outcome
