-- One row per pupil, school and term with sessions coded as leave for a part-time timetable (C2, in
-- use since August 2024), and whether the school told the council of a reduced timetable in the term.
select a.term_end as on_date, a.person_id, a.urn,
    max(case when t.timetable_id is not null then 1 else 0 end) as told
from live_attendance a
left join live_reduced_timetable t on t.person_id = a.person_id and t.urn = a.urn
    and t.start_date <= a.term_end and (t.end_date is null or t.end_date >= a.term_start)
where a.code = 'C2'
group by a.term_end, a.person_id, a.urn
