-- One row per pupil with SEN support or an EHC plan, school and term: sessions possible and how they
-- were coded, with the kind of support and whether the primary need was SEMH.
select s.person_id, s.urn, s.term_start, s.academic_year, s.possible, s.missed, s.unauthorised,
    s.part_time, s.elsewhere, p.sen, p.semh
from pupil_sessions s
join sen_pupil p on p.person_id = s.person_id and p.academic_year = s.academic_year
