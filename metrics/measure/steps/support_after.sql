-- One row per pupil who moved onto SEN support: what came after and when, each empty where it has
-- not come. Support ends, and a pupil has left, by the first census that shows it; a plan starts
-- on its own day or, where another authority keeps it, by the census that shows it.
select s.person_id, s.start_date, s.urn, s.primary_need,
    least(coalesce(p.plan_date, e.shown_date), coalesce(e.shown_date, p.plan_date)) as plan_date,
    n.ended_date, g.left_date
from support_start s
left join (
    select s.person_id, min(p.start_date) as plan_date
    from support_start s
    join live_ehc_plan p on p.person_id = s.person_id and p.start_date >= s.start_date
    group by s.person_id
) p on p.person_id = s.person_id
left join (
    select s.person_id, min(t.census_date) as shown_date
    from support_start s
    join pupil_term t on t.person_id = s.person_id and t.census_date > s.start_date
        and t.sen_provision = 'E'
    group by s.person_id
) e on e.person_id = s.person_id
left join (
    select s.person_id, min(t.census_date) as ended_date
    from support_start s
    join pupil_term t on t.person_id = s.person_id and t.census_date > s.start_date
        and t.sen_provision = 'N'
    group by s.person_id
) n on n.person_id = s.person_id
left join (
    select l.person_id, min(c.census_date) as left_date
    from (select person_id, max(census_date) as last_date from pupil_term group by person_id) l
    join (select distinct census_date from live_pupil_census) c on c.census_date > l.last_date
    group by l.person_id
) g on g.person_id = s.person_id
