/*
title: Pupils with newly recorded SEMH need
priority: demand
question: In which school years does SEMH need first show, and is it more than the year before?
kind: proportion
unit: "% of pupils without it a year before"
polarity: none
period: census
breakdowns: [year_group, sex, fsm]
no_comparator: Published figures count pupils with a need each January, not those for whom it is new.
sources: [pupil_census]
population: Pupils on roll in the borough's state-funded schools this January and the January before, whose primary need was not SEMH the year before.
caveats:
  - A jump at Year 7, Year 9 or Year 12 is a need recorded at a point of transition; it may have been there before.
  - Pupils new to the borough's schools are left out, and so are most children in Reception, who were on no roll the year before.
  - A pupil whose primary need changed to SEMH from another need is counted as new.
statistic_of: people
*/
-- numerator: pupils with SEMH as primary need this January, and not the January before
select census_date as on_date, person_id, urn
from returning_pupil
where has_semh and not had_semh

-- denominator: pupils on roll both Januaries without SEMH as primary need the January before
select census_date as on_date, person_id, urn
from returning_pupil
where not had_semh
