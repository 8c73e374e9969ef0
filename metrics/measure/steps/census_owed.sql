-- One row per census day and setting open that day that owes a return.
select c.census_date, s.urn
from (select distinct census_date from live_census_return) c
join school s on s.expects_census
    and coalesce(s.open_date, c.census_date) <= c.census_date
    and coalesce(s.close_date, c.census_date) >= c.census_date
