-- One row per child placed on the last day of a term at provision with SEMH places commissioned
-- that term, under the key stage of the child's age where places are commissioned by key stage.
select provision_id, locality, period_end, person_id, key_stage
from place_child
where designation = 'SEMH'
