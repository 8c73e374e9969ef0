-- Suspensions. One sent in two censuses is one suspension: the newest account of it stands.
create or replace temp table suspension_seen as
with sent as (
    select period, pupilonrolltableid as row_id, true as on_roll,
        startdate, sessions, reason1, reason2, reason3, category, senprovision, load_id
    from staging.ready.sc_termlyexclusionsonroll
    union all
    select period, pupilnolongeronrolltableid, false,
        startdate, sessions, reason1, reason2, reason3, category, senprovision, load_id
    from staging.ready.sc_termlyexclusionsoffroll
)
select
    local_id(r.person_id, r.urn || ' ' || s.startdate || s.category) as suspension_id,
    s.startdate as start_date, r.person_id, r.urn,
    case s.category when 'FIXD' then 'SUSP' else s.category end as category,
    s.sessions, s.reason1, s.reason2, s.reason3, s.senprovision as sen_provision, s.load_id
from sent s
join registration r on r.period = s.period and r.row_id = s.row_id and r.on_roll = s.on_roll
qualify row_number() over (
    partition by r.person_id, r.urn, s.startdate, s.category order by r.census_date desc
) = 1;

delete from suspension where suspension_id in (select suspension_id from suspension_seen);

insert into suspension select * from suspension_seen;

-- The term a census reports attendance for: the one before it.
create or replace temp table reported_term as
select
    h.census_date,
    coalesce(max(t.term_start), case h.term
        when 'autumn' then make_date(year(h.census_date), 4, 15)
        when 'spring' then make_date(year(h.census_date) - 1, 9, 1)
        else make_date(year(h.census_date), 1, 5) end) as term_start,
    coalesce(max(t.term_end), case h.term
        when 'autumn' then make_date(year(h.census_date), 7, 20)
        when 'spring' then make_date(year(h.census_date) - 1, 12, 20)
        else make_date(year(h.census_date), 3, 31) end) as term_end
from (select distinct census_date, term from census_header) h
left join profile_term t
    on t.term_end < h.census_date and t.term_end > h.census_date - interval 150 days
group by h.census_date, h.term;

insert into attendance
select t.term_start, t.term_end, r.person_id, r.urn, s.attendancereason, s.sessions::integer,
    s.load_id
from (
    select period, pupilonrolltableid as row_id, true as on_roll, attendancereason, sessions, load_id
    from staging.ready.sc_termlysessiondetailsonroll
    union all
    select period, pupilnolongeronrolltableid, false, attendancereason, sessions, load_id
    from staging.ready.sc_termlysessiondetailsoffroll
    union all
    select period, pupilonrolltableid, true, attendancereason, sessions, load_id
    from staging.ready.sc_summerhalfterm2sessiondetailsonroll
    union all
    select period, pupilnolongeronrolltableid, false, attendancereason, sessions, load_id
    from staging.ready.sc_summerhalfterm2sessiondetailsoffroll
) s
join registration r on r.period = s.period and r.row_id = s.row_id and r.on_roll = s.on_roll
join reported_term t on t.census_date = r.census_date;

-- Alternative provision that schools arranged: `urn` is the school's, `setting_urn` and
-- `setting_ukprn` say where the pupil went. The newest account stands.
create or replace temp table ap_seen as
with sent as (
    select period, pupilonrolltableid as row_id, true as on_roll, urn as setting_urn, ukprn, entrydate,
        leavingdate, apsessionsperweek, apsettingtype, placementreason, apattendancepattern, load_id
    from staging.ready.sc_schoolarrangedapdetailonroll
    union all
    select period, pupilnolongeronrolltableid, false, urn, ukprn, entrydate,
        leavingdate, apsessionsperweek, apsettingtype, placementreason, apattendancepattern, load_id
    from staging.ready.sc_schoolarrangedapdetailoffroll
)
select
    local_id(r.person_id, r.urn || ' ' || s.entrydate || coalesce(s.placementreason, ''))
        as ap_id,
    r.person_id, r.urn, s.setting_urn::integer as setting_urn, s.ukprn::integer as setting_ukprn,
    case
        when s.setting_urn is not null then 'URN'
        when s.ukprn is not null then 'UKPRN'
        else s.apsettingtype
    end as setting_type,
    s.placementreason as placement_reason, s.entrydate as entry_date,
    s.leavingdate as leaving_date, s.apsessionsperweek::integer as sessions_per_week,
    s.apattendancepattern as attendance_pattern, s.load_id
from sent s
join registration r on r.period = s.period and r.row_id = s.row_id and r.on_roll = s.on_roll
qualify row_number() over (
    partition by r.person_id, r.urn, s.entrydate, s.placementreason order by r.census_date desc
) = 1;

delete from ap_placement where ap_id in (select ap_id from ap_seen);

insert into ap_placement select * from ap_seen;

-- Pupils of alternative provision: where they came from and why, as the provision returned it.
insert into ap_census
select r.census_date, r.person_id, r.urn, s.prevurn::integer, s.apreason, s.senprovisionentry,
    r.on_roll, s.load_id
from (
    select period, pupilonrolltableid as row_id, true as on_roll, prevurn, apreason,
        senprovisionentry, load_id
    from staging.ready.sc_approvisiondetailonroll
    union all
    select period, pupilnolongeronrolltableid, false, prevurn, apreason, senprovisionentry, load_id
    from staging.ready.sc_approvisiondetailoffroll
) s
join registration r on r.period = s.period and r.row_id = s.row_id and r.on_roll = s.on_roll;
