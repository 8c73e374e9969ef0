-- One row per school and month that it returned, nil returns among them, with the URN under which the
-- school's series goes on.
select r.urn, r.month, r.pupils, coalesce(s.line_urn, r.urn) as line_urn
from live_reduced_timetable_return r
left join school_line s on s.urn = r.urn
