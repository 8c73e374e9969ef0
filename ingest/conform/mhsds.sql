-- People of the service, in a namespace of their own: linking them to pupils is a step of its own.
create or replace temp table mhsds_people as
select
    m.person_id as sent_id, pseudonym('mhsds', m.person_id) as person_id,
    date_trunc('month', m.personbirthdate)::date as birth_month,
    case m.gender when '1' then 'M' when '2' then 'F' end as sex,
    nhs_ethnic_group(m.ethniccategory) as ethnic_group,
    coalesce(m.lsoa2021, l.lsoa) as lsoa
from staging.ready.mhs001 m
left join postcode_area l on l.postcode = postcode_key(m.postcode);

insert into person_seen
select person_id, date '1900-01-01', 1, birth_month, sex, ethnic_group, lsoa from mhsds_people;

-- A provider that holds no identities sends no person: the referral stands for the person.
create or replace temp table mhsds_referral as
select
    r.*, pseudonym('referral', r.uniqservreqid) as referral_id,
    coalesce(
        pseudonym('mhsds', r.person_id), pseudonym('referral', r.uniqservreqid)
    ) as stands_for
from staging.ready.mhs101 r;

-- A referral can go to several teams: the first by name stands, and the last closure.
create or replace temp table mhsds_team as
select
    uniqservreqid, min(servteamtypereftomh) as team_type,
    max(referclosreason) as close_reason, max(referrejectiondate) as rejection_date,
    max(referrejectreason) as reject_reason
from staging.ready.mhs102 group by uniqservreqid;

insert into referral
select
    r.referral_id, r.stands_for, r.referralrequestreceiveddate, r.sourceofreferralmh,
    r.primreasonreferralmh, t.team_type, r.clinrespprioritytype, r.servdischdate,
    t.close_reason, t.rejection_date, t.reject_reason, r.ageservreferrecdate::integer,
    p.lsoa, p.sex, r.load_id
from mhsds_referral r
left join mhsds_team t on t.uniqservreqid = r.uniqservreqid
left join mhsds_people p on p.sent_id = r.person_id;

insert into contact
select
    pseudonym('contact', c.uniqcarecontid), r.referral_id, r.stands_for, c.carecontdate,
    c.attendstatus, c.consmechanismmh, c.clincontactdurofcarecont::integer, c.load_id
from staging.ready.mhs201 c
join mhsds_referral r on r.uniqservreqid = c.uniqservreqid;

insert into outcome_score
select
    left(sha256(r.referral_id || s.activity || s.tool || s.score_date || s.score), 20),
    r.referral_id, r.stands_for, s.score_date, s.tool, s.score, s.load_id
from (
    select uniqservreqid, '' as activity, codedasstooltype as tool, persscore as score,
        asstoolcompdate as score_date, load_id from staging.ready.mhs606
    union all
    select uniqservreqid, uniqcareactid, codedasstooltype, persscore, asstoolcompdate, load_id
    from staging.ready.mhs607
) s
join mhsds_referral r on r.uniqservreqid = s.uniqservreqid;

-- A care plan names the person, not the referral: it belongs to the last one received before it.
insert into care_plan
select
    arg_max(r.referral_id, r.referralrequestreceiveddate), pseudonym('mhsds', c.person_id),
    c.careplancontentagreeddate, c.load_id
from staging.ready.mhs009 c
left join mhsds_referral r
    on r.person_id = c.person_id
    and r.referralrequestreceiveddate <= c.careplancontentagreeddate
where c.person_id is not null
group by c.careplanid, c.person_id, c.careplancontentagreeddate, c.load_id;
