-- One row per suspension, lunchtime suspensions among them and permanent exclusions not, with the
-- academic year it began in.
select suspension_id, start_date, person_id, urn, sessions,
    extract(year from start_date)
        - case when extract(month from start_date) < 9 then 1 else 0 end as academic_year
from live_suspension
where category <> 'PERM'
