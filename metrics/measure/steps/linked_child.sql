-- One row per child known to both sides, by the school side's pseudonym and the health side's; none
-- while fewer than 60% of children referred are linked, since every joined figure would be too low.
select l.left_id as person_id, l.right_id as health_person_id, c.known_from
from live_link l
join link_coverage c on c.share >= 0.6
