-- One row per academic year of the calendar.
select distinct academic_year_start, academic_year_end
from calendar_day
