-- One row per financial year of the calendar.
select distinct financial_year_start, financial_year_end
from calendar_day
