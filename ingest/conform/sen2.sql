-- People of the return. Someone without a UPN is known only within the return.
create or replace temp table sen2_people as
select
    p.period, p.persontableid, h.referencedate as snapshot_date,
    coalesce(
        pseudonym('upn', p.upn), pseudonym('sen2', p.period || p.persontableid)
    ) as person_id,
    date_trunc('month', p.personbirthdate)::date as birth_month,
    coalesce(p.sex, p.gendercurrent) as sex, ethnic_group(p.ethnicity) as ethnic_group, l.lsoa
from staging.ready.sen2_person p
join staging.ready.sen2_sen2 h on h.period = p.period and h.sen2tableid = p.sen2tableid
left join postcode_area l on l.postcode = postcode_key(p.postcode);

insert into person_seen
select person_id, snapshot_date, 2, birth_month, sex, ethnic_group, lsoa from sen2_people;

-- A request keeps its id from return to return: person and day received.
create or replace temp table sen2_case as
select
    r.*, p.person_id, p.snapshot_date,
    local_id(p.person_id, 'request'
        || coalesce(r.receiveddate::varchar, r.period || r.requeststableid)) as request_id
from staging.ready.sen2_requests r
join sen2_people p on p.period = r.period and p.persontableid = r.persontableid;

insert into ehc_request
select request_id, person_id, receiveddate, requestoutcome, requestoutcomedate,
    requestmediation, requesttribunal, snapshot_date, load_id
from sen2_case;

create or replace temp table sen2_outcome as
select a.*, c.request_id, c.person_id, c.snapshot_date,
    local_id(c.request_id, 'assessment') as assessment_id
from staging.ready.sen2_assessment a
join sen2_case c on c.period = a.period and c.requeststableid = a.requeststableid;

insert into ehc_assessment
select assessment_id, request_id, person_id, assessmentoutcome, assessmentoutcomedate, week20,
    snapshot_date, load_id
from sen2_outcome;

-- Needs recorded on plans in force.
create or replace temp table sen2_active as
select a.*, c.request_id, c.person_id, c.snapshot_date
from staging.ready.sen2_activeplans a
join sen2_case c on c.period = a.period and c.requeststableid = a.requeststableid;

create or replace temp table sen2_needs as
select a.snapshot_date, a.person_id, a.period, a.activeplanstableid, n.sentype as need,
    n.sentyperank::integer as rank, n.load_id
from staging.ready.sen2_senneed n
join sen2_active a on a.period = n.period and a.activeplanstableid = n.activeplanstableid;

insert into sen_need
select snapshot_date, person_id, need, rank, 'sen2', load_id from sen2_needs;

-- A plan is one that was issued (named plan), one in force (active plan), or both.
insert into ehc_plan
select
    local_id(coalesce(n.request_id, a.request_id), 'plan'),
    coalesce(n.request_id, a.request_id), coalesce(n.person_id, a.person_id),
    n.startdate, n.ceasedate, n.ceasereason, d.primary_need, d.secondary_need,
    a.reviewmeeting, a.lastreview, a.phasetransferduedate, a.phasetransferfinaldate,
    coalesce(n.snapshot_date, a.snapshot_date),
    coalesce(n.load_id, a.load_id)
from (
    select p.startdate, p.ceasedate, p.ceasereason, p.load_id, p.period,
        o.request_id, o.person_id, o.snapshot_date, o.requeststableid
    from staging.ready.sen2_namedplan p
    join sen2_outcome o on o.period = p.period and o.assessmenttableid = p.assessmenttableid
) n
full join sen2_active a on a.period = n.period and a.requeststableid = n.requeststableid
left join (
    select period, activeplanstableid,
        max(case when rank = 1 then need end) as primary_need,
        max(case when rank = 2 then need end) as secondary_need
    from sen2_needs group by period, activeplanstableid
) d on d.period = a.period and d.activeplanstableid = a.activeplanstableid;

-- Where children with plans really are.
insert into placement
select
    local_id(a.request_id, 'placement' || coalesce(d.urn::varchar, d.sensetting, '')
        || coalesce(d.entrydate::varchar, '') || d.placementrank),
    a.person_id, local_id(a.request_id, 'plan'), d.placementrank::integer,
    d.urn::integer, d.sensetting, d.senunitindicator, d.resourcedprovisionindicator, d.res,
    d.entrydate, d.leavingdate, a.snapshot_date, d.load_id
from staging.ready.sen2_placementdetail d
join sen2_active a on a.period = d.period and a.activeplanstableid = d.activeplanstableid;
