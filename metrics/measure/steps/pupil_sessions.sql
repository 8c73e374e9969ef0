-- One row per pupil, school and term: sessions possible and sessions missed. A term that was over
-- before the school that reported it opened belongs to the school it took over from.
select p.person_id, coalesce(b.predecessor_urn, p.urn) as urn, p.term_start, p.possible,
    coalesce(a.missed, 0) as missed
from (
    select c.person_id, c.urn, r.term_start, r.term_end, sum(c.sessions_possible) as possible
    from live_pupil_census c
    join reported_term r on r.census_date = c.census_date
    where c.sessions_possible > 0
    group by c.person_id, c.urn, r.term_start, r.term_end
) p
left join (
    select person_id, urn, term_start, sum(sessions) as missed
    from live_attendance
    where code in (select code from absent_code)
    group by person_id, urn, term_start
) a on a.person_id = p.person_id and a.urn = p.urn and a.term_start = p.term_start
left join school b on b.urn = p.urn and b.open_date > p.term_end
