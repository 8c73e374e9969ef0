-- One row per SEMH-designated provision in the borough, key stage and term: places commissioned.
select provision_id, urn, locality, period_start, period_end, places, key_stage
from place_commissioned
where designation = 'SEMH'
