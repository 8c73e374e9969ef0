-- One row per person: the last census at which they were on the roll of a school that sends one here.
select person_id, max(census_date) as census_date
from live_pupil_census
where on_roll
group by person_id
