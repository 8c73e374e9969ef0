/*
title: Annual review decisions for SEMH sent within 4 weeks
priority: pathways
question: After an annual review for SEMH, how many families hear within four weeks whether the plan is kept, amended or ended?
kind: proportion
unit: "% of review meetings"
polarity: high
period: calendar_year
breakdowns: [age_band, sex]
no_comparator: Published reviews are not told apart by need.
sources: [ehc_plan]
population: Children and young people with an EHC plan for SEMH whose annual review meeting was held in the year.
caveats:
  - Four weeks are 28 days from the meeting to the day the decision was sent. A meeting without a decision is not in time.
  - A meeting whose four weeks were not over at the return is left out until the next one.
  - Returns before 2024 do not carry the day of the meeting.
part_of: [all_review_decisions_within_4_weeks]
*/
-- numerator: review meetings of the year for SEMH whose decision was sent within 28 days
select review_meeting as on_date, person_id
from review_meeting
where days <= 28 and primary_need = 'SEMH'

-- denominator: review meetings of the year for SEMH
select review_meeting as on_date, person_id
from review_meeting
where primary_need = 'SEMH'
