-- One row per census day: the term it reports attendance of, the last that was over by then.
select c.census_date, max(a.term_start) as term_start
from (select distinct census_date from live_pupil_census) c
join (select distinct term_start, term_end from live_attendance) a on a.term_end < c.census_date
group by c.census_date
