-- One row per census day: the term it reports attendance of, the last that was over by then. Where
-- that term's attendance never came, there is none: an earlier term is not counted twice.
select c.census_date, max(a.term_start) as term_start, max(a.term_end) as term_end
from (select distinct census_date from live_pupil_census) c
join (select distinct term_start, term_end from live_attendance) a on a.term_end < c.census_date
    and date_diff('day', a.term_end, c.census_date) <= 100
group by c.census_date
