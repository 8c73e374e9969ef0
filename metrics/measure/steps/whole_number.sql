-- One row per whole number from 1, to count out answers or places that come as a number.
select row_number() over (order by day) as number
from calendar_day
