-- One row per academic year and setting open on its last day that owes a school census return.
select d.day as on_date, s.urn
from calendar_day d
join school s on s.expects_census
    and coalesce(s.open_date, d.day) <= d.day
    and coalesce(s.close_date, d.day) >= d.day
where d.day = d.academic_year_end
