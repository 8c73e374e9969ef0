-- Two providers may number their referrals alike: each number is read within its provider.
create or replace temp macro provider_of(period) as
    coalesce(regexp_extract(period, '^([A-Z0-9]+)( to |$)', 1), '');

-- People of the service, in a namespace of their own: linking them to pupils is a step of its own.
create or replace temp table mhsds_people as
select
    provider_of(m.period) as provider, m.person_id as sent_id, pseudonym('mhsds', m.person_id) as person_id,
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
    r.*, provider_of(r.period) as provider,
    pseudonym('referral', provider_of(r.period) || r.uniqservreqid) as referral_id,
    coalesce(
        pseudonym('mhsds', r.person_id),
        pseudonym('referral', provider_of(r.period) || r.uniqservreqid)
    ) as stands_for
from staging.ready.mhs101 r;

-- A referral can go to several teams: the first by name stands, and the last closure.
create or replace temp table mhsds_team as
select
    provider_of(period) as provider, uniqservreqid, min(servteamtypereftomh) as team_type,
    max(referclosreason) as close_reason, max(referrejectiondate) as rejection_date,
    max(referrejectreason) as reject_reason
from staging.ready.mhs102 group by provider_of(period), uniqservreqid;

insert into referral
select
    r.referral_id, r.stands_for, r.referralrequestreceiveddate, r.sourceofreferralmh,
    r.primreasonreferralmh, t.team_type, r.clinrespprioritytype, r.servdischdate,
    t.close_reason, t.rejection_date, t.reject_reason, r.ageservreferrecdate::integer,
    p.lsoa, p.sex, r.load_id
from mhsds_referral r
left join mhsds_team t on t.uniqservreqid = r.uniqservreqid and t.provider = r.provider
left join mhsds_people p on p.sent_id = r.person_id and p.provider = r.provider;

create or replace temp table mhsds_contact as
select
    r.provider, c.uniqcarecontid, pseudonym('contact', r.provider || c.uniqcarecontid) as contact_id,
    r.referral_id, r.stands_for, c.carecontdate, c.attendstatus, c.consmechanismmh,
    c.clincontactdurofcarecont::integer as duration, c.load_id
from staging.ready.mhs201 c
join mhsds_referral r
    on r.uniqservreqid = c.uniqservreqid and r.provider = provider_of(c.period);

insert into contact
select contact_id, referral_id, stands_for, carecontdate, attendstatus, consmechanismmh, duration,
    load_id
from mhsds_contact;

-- What was done in a contact: the procedure tells which intervention a child was given.
insert into care_activity
select
    pseudonym('activity', c.provider || a.uniqcareactid), c.referral_id, c.contact_id,
    c.stands_for, c.carecontdate, a.procedure, a.load_id
from staging.ready.mhs202 a
join mhsds_contact c
    on c.uniqcarecontid = a.uniqcarecontid and c.provider = provider_of(a.period);

insert into outcome_score
select
    local_id(r.referral_id, s.activity || s.tool || s.score_date || s.score),
    r.referral_id, r.stands_for, s.score_date, s.tool, s.score, s.load_id
from (
    select uniqservreqid, '' as activity, codedasstooltype as tool, persscore as score,
        asstoolcompdate as score_date, period, load_id from staging.ready.mhs606
    union all
    select uniqservreqid, uniqcareactid, codedasstooltype, persscore, asstoolcompdate, period,
        load_id
    from staging.ready.mhs607
) s
join mhsds_referral r
    on r.uniqservreqid = s.uniqservreqid and r.provider = provider_of(s.period);

-- A care plan names the person, not the referral: it belongs to the last one received before it.
insert into care_plan
select
    arg_max(r.referral_id, r.referralrequestreceiveddate), pseudonym('mhsds', c.person_id),
    c.careplancontentagreeddate, c.load_id
from staging.ready.mhs009 c
left join mhsds_referral r
    on r.person_id = c.person_id and r.provider = provider_of(c.period)
    and r.referralrequestreceiveddate <= c.careplancontentagreeddate
where c.person_id is not null
group by c.careplanid, c.person_id, c.careplancontentagreeddate, c.load_id;
