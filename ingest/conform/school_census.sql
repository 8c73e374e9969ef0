-- One row per return: which school, on which day.
create or replace temp table census_header as
select
    h.period,
    h.schoolcensustableid as header_id,
    h.load_id,
    h.referencedate as census_date,
    case h.term when 'AUT' then 'autumn' when 'SPR' then 'spring' else 'summer' end as term,
    coalesce(h.urn, r.urn)::integer as urn
from staging.ready.sc_schoolcensus h
left join (
    select la_code, establishment_number, max(urn) as urn
    from staging.main.school_register group by la_code, establishment_number
) r on r.la_code = h.lea and r.establishment_number = h.estab;

-- One row per registration, on roll and no longer on roll, under the pupil's pseudonym.
create or replace temp table registration as
select
    p.period, p.pupilonrolltableid as row_id, true as on_roll, p.load_id, h.urn, h.census_date,
    h.term, pseudonym('upn', p.upn) as person_id, date_trunc('month', p.dob)::date as birth_month,
    coalesce(p.sex, p.gender) as sex, ethnic_group(p.ethnicity) as ethnic_group,
    p.ncyearactual as year_group, p.enrolstatus as enrol_status, p.entrydate as entry_date,
    null::date as leaving_date, p.senprovision as sen_provision,
    p.senunitindicator as sen_unit, p.resourcedprovisionindicator as resourced_provision,
    (p.termlysessionspossible + coalesce(p.summerhalfterm2sessionspossible, 0))::integer as sessions
from staging.ready.sc_pupilonroll p
join census_header h on h.period = p.period and h.header_id = p.schoolcensustableid
union all
select
    p.period, p.pupilnolongeronrolltableid, false, p.load_id, h.urn, h.census_date,
    h.term, pseudonym('upn', p.upn), date_trunc('month', p.dob)::date,
    coalesce(p.sex, p.gender), ethnic_group(p.ethnicity),
    p.ncyearleaving, null, p.entrydate,
    p.leavingdate, null, null, null,
    (p.termlysessionspossible + coalesce(p.summerhalfterm2sessionspossible, 0))::integer
from staging.ready.sc_pupilnolongeronroll p
join census_header h on h.period = p.period and h.header_id = p.schoolcensustableid;

-- Home area, from the postcode; the postcode itself goes no further.
create or replace temp table registration_area as
select a.period, a.row_id, a.on_roll, min(l.lsoa) as lsoa
from (
    select period, pupilonrolltableid as row_id, true as on_roll, postcode
    from staging.ready.sc_addressesonroll
    union all
    select period, pupilnolongeronrolltableid, false, postcode
    from staging.ready.sc_addressesoffroll
) a
join postcode_area l on l.postcode = postcode_key(a.postcode)
group by a.period, a.row_id, a.on_roll;

insert into person_seen
select
    r.person_id, r.census_date, 3, r.birth_month, r.sex, r.ethnic_group, a.lsoa
from registration r
left join registration_area a
    on a.period = r.period and a.row_id = r.row_id and a.on_roll = r.on_roll;

insert into census_return
select h.census_date, h.term, h.urn, count(r.row_id)::integer, any_value(h.load_id)
from census_header h
left join registration r on r.period = h.period and r.urn = h.urn and r.on_roll
group by h.period, h.census_date, h.term, h.urn;
