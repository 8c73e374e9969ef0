-- One row per reduced timetable under way on the last school day of a month that its school
-- returned, with the days since it began and whether the pupil's primary need was SEMH. A school
-- that did not return the month is left out, whatever it said of other months; one that became an
-- academy meanwhile is the same school.
select d.day as on_date, t.timetable_id, t.person_id, r.urn,
    date_diff('day', t.start_date, least(d.day, coalesce(d.term_end, d.day))) as days,
    p.person_id is not null as semh
from live_reduced_timetable t
join calendar_day d on d.day = d.month_end
    and t.start_date <= least(d.day, coalesce(d.term_end, d.day))
    and (t.end_date is null or t.end_date >= least(d.day, coalesce(d.term_end, d.day)))
left join school_line a on a.urn = t.urn
join timetable_return r on r.line_urn = coalesce(a.line_urn, t.urn) and r.month = d.month_start
left join semh_pupil p on p.person_id = t.person_id
    and p.academic_year = extract(year from d.academic_year_start)
