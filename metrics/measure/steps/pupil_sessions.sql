-- One row per pupil, school and term: sessions possible, missed, missed without leave, spent on a
-- part-time timetable (C2) and educated elsewhere (B and K). A term that was over before the school
-- that reported it opened belongs to the school it took over from.
select p.person_id, coalesce(b.predecessor_urn, p.urn) as urn, p.term_start, p.possible,
    extract(year from p.term_start)
        - case when extract(month from p.term_start) < 9 then 1 else 0 end as academic_year,
    coalesce(a.missed, 0) as missed, coalesce(a.unauthorised, 0) as unauthorised,
    coalesce(a.part_time, 0) as part_time, coalesce(a.elsewhere, 0) as elsewhere
from (
    select c.person_id, c.urn, r.term_start, r.term_end, sum(c.sessions_possible) as possible
    from live_pupil_census c
    join reported_term r on r.census_date = c.census_date
    where c.sessions_possible > 0
    group by c.person_id, c.urn, r.term_start, r.term_end
) p
left join (
    select person_id, urn, term_start,
        sum(case when code in (select code from absent_code) then sessions else 0 end) as missed,
        sum(case when code in ('G', 'N', 'O', 'U') then sessions else 0 end) as unauthorised,
        sum(case when code = 'C2' then sessions else 0 end) as part_time,
        sum(case when code in ('B', 'K') then sessions else 0 end) as elsewhere
    from live_attendance
    group by person_id, urn, term_start
) a on a.person_id = p.person_id and a.urn = p.urn and a.term_start = p.term_start
left join school b on b.urn = p.urn and b.open_date > p.term_end
