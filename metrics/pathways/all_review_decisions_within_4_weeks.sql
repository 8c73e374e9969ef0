/*
title: Annual review decisions sent within 4 weeks
priority: pathways
question: After an annual review, how many families hear within four weeks whether the plan is kept, amended or ended?
kind: proportion
unit: "% of review meetings"
polarity: high
period: calendar_year
breakdowns: [age_band, sex]
comparator:
  series: lait.SEN_PEC_OUTCOME_COM_4WKS
  note: The published share is of the same meetings, from the same return.
sources: [ehc_plan]
population: Children and young people with an EHC plan whose annual review meeting was held in the year.
caveats:
  - Four weeks are 28 days from the meeting to the day the decision was sent. A meeting without a decision is not in time.
  - A meeting whose four weeks were not over at the return is left out until the next one.
  - Returns before 2024 do not carry the day of the meeting.
*/
-- numerator: review meetings of the year whose decision was sent within 28 days
select review_meeting as on_date, person_id
from review_meeting
where days <= 28

-- denominator: review meetings of the year
select review_meeting as on_date, person_id
from review_meeting
