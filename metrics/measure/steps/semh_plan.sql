-- One row per EHC plan in force on a January census day with SEMH as primary need, and where the
-- child was placed that day.
select census_date, person_id, plan_id, urn, in_borough, setting
from plan_in_force
where primary_need = 'SEMH'
