/*
title: Plans for SEMH that named the next school in time
priority: pathways
question: How many plans for SEMH name the next school by 15 February, or the college by 31 March, when a child changes phase?
kind: proportion
unit: "% of plans due"
polarity: high
period: calendar_year
breakdowns: [transfer]
no_comparator: No published series gives phase transfers.
part_of: [all_phase_transfer_on_time]
sources: [ehc_plan]
population: Children and young people with an EHC plan for SEMH who were to move to the next phase of education that year.
caveats:
  - The law asks for the final plan by 15 February for a move into or between schools, Year 6 to Year 7 among them, and by 31 March for a move from school to post-16.
  - A plan without a final date by the return was not in time.
  - The return carries these dates from 2026, so earlier years are not known.
statistic_of: people
*/
-- numerator: plans for SEMH due in the year whose final version was sent on or before the day
select transfer_due as on_date, person_id, transfer
from phase_transfer
where transfer_final <= transfer_due and primary_need = 'SEMH'

-- denominator: plans for SEMH due that year to name the school or college of the next phase
select transfer_due as on_date, person_id, transfer
from phase_transfer
where primary_need = 'SEMH'
