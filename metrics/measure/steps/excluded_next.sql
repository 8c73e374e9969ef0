-- One row per permanent exclusion that a later census could show, with where the pupil was at the
-- first census after it within 200 days; a child on no roll may be home educated or missing.
select x.start_date, x.person_id, x.urn, x.sen,
    case
        when n.urn = x.urn then 'The same school'
        when e.establishment = 'alternative_provision' then 'Alternative provision'
        when e.establishment in ('special', 'nmss', 'independent_special') then 'Special school'
        when n.urn is not null then 'Another school'
        when h.person_id is not null then 'Home educated'
        when m.person_id is not null then 'Missing education'
        else 'Not on a roll here'
    end as destination
from permanent_exclusion x
join (select max(census_date) as day from live_pupil_census) l on l.day > x.start_date
left join (
    select t.person_id, t.urn, c.start_date,
        row_number() over (
            partition by c.person_id, c.start_date order by t.census_date
        ) as choice
    from permanent_exclusion c
    join pupil_term t on t.person_id = c.person_id and t.census_date > c.start_date
        and date_diff('day', c.start_date, t.census_date) <= 200
) n on n.person_id = x.person_id and n.start_date = x.start_date and n.choice = 1
left join establishment e on e.urn = n.urn
left join (select distinct person_id from live_ehe) h on h.person_id = x.person_id
left join (select distinct person_id from live_missing_education) m on m.person_id = x.person_id
