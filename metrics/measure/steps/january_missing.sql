-- One row per academic year and setting that owed the January census and sent no pupil in it.
select c.academic_year, s.urn
from (
    select distinct census_date, extract(year from census_date) - 1 as academic_year
    from live_pupil_census
    where extract(month from census_date) = 1
) c
join school s on s.expects_census
    and coalesce(s.open_date, c.census_date) <= c.census_date
    and coalesce(s.close_date, c.census_date) >= c.census_date
left join (select distinct census_date, urn from live_pupil_census where on_roll) r
    on r.census_date = c.census_date and r.urn = s.urn
where r.urn is null
