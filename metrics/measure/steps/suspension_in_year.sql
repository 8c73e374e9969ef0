-- One row per suspension, lunchtime suspensions among them and permanent exclusions not, with the
-- academic year it began in. One that began before the school that reported it opened belongs to
-- the school it took over from.
select s.suspension_id, s.start_date, s.person_id, coalesce(b.predecessor_urn, s.urn) as urn,
    s.sessions,
    extract(year from s.start_date)
        - case when extract(month from s.start_date) < 9 then 1 else 0 end as academic_year
from live_suspension s
left join school b on b.urn = s.urn and b.open_date > s.start_date
where s.category <> 'PERM'
