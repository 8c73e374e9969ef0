-- One row per pupil whose primary need was SEMH, school and term: sessions possible and missed.
select s.person_id, s.urn, s.term_start, s.possible, s.missed, p.academic_year
from pupil_sessions s
join semh_pupil p on p.person_id = s.person_id
    and p.academic_year = extract(year from s.term_start)
        - case when extract(month from s.term_start) < 9 then 1 else 0 end
