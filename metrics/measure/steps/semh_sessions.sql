-- One row per pupil whose primary need was SEMH, school and term: sessions possible and how they
-- were coded.
select person_id, urn, term_start, academic_year, possible, missed, unauthorised, part_time,
    elsewhere
from sen_sessions
where semh
