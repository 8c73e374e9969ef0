-- Needs as schools recorded them in spring. A child registered twice has each need once.
insert into sen_need
select census_date, person_id, need, rank, 'school_census', load_id
from (
    select
        r.census_date, r.person_id, n.sentype as need, n.sentyperank::integer as rank,
        n.load_id,
        row_number() over (
            partition by r.census_date, r.person_id, n.sentype order by n.sentyperank
        ) as nth
    from staging.ready.sc_senneeds n
    join registration r
        on r.period = n.period and r.row_id = n.pupilonrolltableid and r.on_roll
) ranked
where nth = 1;

-- Primary and secondary need at each spring census, over every load that is current.
create or replace temp table spring_need as
select
    census_date, person_id,
    max(case when nth = 1 then need end) as primary_need,
    max(case when nth = 2 then need end) as secondary_need
from (
    select
        census_date, person_id, need,
        row_number() over (partition by census_date, person_id order by rank, need) as nth
    from live_sen_need
    where origin = 'school_census'
) ranked
group by census_date, person_id;

-- A spring census's needs hold until the next one: that term, the summer and the autumn after.
create or replace temp table need_day as
select c.census_date, max(s.census_date) as spring_date
from (
    select distinct census_date from registration
    union
    select distinct census_date from live_pupil_census
) c
join (select distinct census_date from spring_need) s
    on s.census_date <= c.census_date and s.census_date > c.census_date - interval 365 days
group by c.census_date;

create or replace temp table open_fsm as
select distinct f.period, f.pupilonrolltableid as row_id
from staging.ready.sc_fsmperiod f
join registration r
    on r.period = f.period and r.row_id = f.pupilonrolltableid and r.on_roll
where f.fsmstartdate <= r.census_date
    and (f.fsmenddate is null or f.fsmenddate >= r.census_date);

-- A census that came with no file of meal periods says nothing about meals.
create or replace temp table fsm_asked as
select distinct period from staging.ready.sc_fsmperiod;

-- Ethnic group is asked in spring only; the latest answer stands in the other terms.
create or replace temp table known_ethnic_group as
select person_id, arg_max(ethnic_group, seen) as ethnic_group
from (
    select person_id, ethnic_group, seen from person_seen where ethnic_group is not null
    union all
    select person_id, ethnic_group, date '1900-01-01' from person where ethnic_group is not null
) answers
group by person_id;

insert into pupil_census
select
    r.census_date, r.term, r.person_id, r.urn, r.year_group, r.enrol_status, r.entry_date,
    r.leaving_date, r.on_roll, r.sen_provision,
    case when r.sen_provision in ('K', 'E', 'S', 'A', 'P') or not r.on_roll
        then n.primary_need end,
    case when r.sen_provision in ('K', 'E', 'S', 'A', 'P') or not r.on_roll
        then n.secondary_need end,
    case when m.period is not null and r.on_roll then f.row_id is not null end,
    r.sen_unit, r.resourced_provision, r.sex,
    coalesce(r.ethnic_group, e.ethnic_group), coalesce(a.lsoa, p.home_lsoa), r.sessions, r.load_id
from registration r
left join need_day d on d.census_date = r.census_date
left join spring_need n on n.census_date = d.spring_date and n.person_id = r.person_id
left join fsm_asked m on m.period = r.period
left join open_fsm f on f.period = r.period and f.row_id = r.row_id and r.on_roll
left join known_ethnic_group e on e.person_id = r.person_id
left join registration_area a
    on a.period = r.period and a.row_id = r.row_id and a.on_roll = r.on_roll
left join person p on p.person_id = r.person_id;

-- A spring census loaded late or again also changes the later censuses that lean on it.
create or replace temp table lean_on_new as
select d.census_date, d.spring_date
from need_day d
where d.spring_date in (select census_date from census_header where term = 'spring')
    and d.census_date not in (select census_date from census_header);

update pupil_census c
set primary_need = n.primary_need, secondary_need = n.secondary_need
from lean_on_new d, spring_need n
where d.census_date = c.census_date
    and n.census_date = d.spring_date and n.person_id = c.person_id
    and (c.sen_provision in ('K', 'E', 'S', 'A', 'P') or not c.on_roll);
