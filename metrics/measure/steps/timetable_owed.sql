-- One row per school and month that schools were asked for: every school of the borough that owes a
-- census and was open all month, for each month of which any school returned.
select d.day as on_date, m.month, s.urn
from (select distinct month from live_reduced_timetable_return) m
join calendar_day d on d.month_start = m.month and d.day = d.month_end
join school s on s.expects_census and s.phase not in ('nursery', 'post-16')
    and coalesce(s.open_date, m.month) <= m.month
    and coalesce(s.close_date, d.day) >= d.day
