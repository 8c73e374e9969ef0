-- Who the people of this load are, as they came: read for linking, sealed, and never a table of
-- the warehouse. `namespace` and `value` are what their pseudonym is made of.
create or replace temp table linkage_seen (
    load_id varchar, side varchar, namespace varchar, value varchar, seen date,
    first_name varchar, surname varchar, dob varchar, postcode varchar, sex varchar,
    upn varchar, nhs_number varchar
);

insert into linkage_seen
select p.load_id, 'school', 'upn', p.upn, h.referencedate, p.forename, p.surname, p.dob::varchar,
    a.postcode, coalesce(p.sex, p.gender), p.upn, null
from staging.ready.sc_pupilonroll p
join staging.ready.sc_schoolcensus h
    on h.period = p.period and h.schoolcensustableid = p.schoolcensustableid
left join (
    select period, pupilonrolltableid, min(postcode) as postcode
    from staging.ready.sc_addressesonroll group by all
) a on a.period = p.period and a.pupilonrolltableid = p.pupilonrolltableid;

insert into linkage_seen
select p.load_id, 'school', case when p.upn is null then 'sen2' else 'upn' end,
    coalesce(p.upn, p.period || p.persontableid), h.referencedate, p.forename, p.surname,
    p.personbirthdate::varchar, p.postcode, coalesce(p.sex, p.gendercurrent), p.upn, null
from staging.ready.sen2_person p
join staging.ready.sen2_sen2 h on h.period = p.period and h.sen2tableid = p.sen2tableid;

-- The linkage list knows more of a person than the MHSDS tables do, so it counts as the newer.
insert into linkage_seen
select m.load_id, 'health', 'mhsds', m.person_id, date '1900-01-01', null, null,
    m.personbirthdate::varchar, m.postcode, case m.gender when '1' then 'M' when '2' then 'F' end,
    null, m.nhsnumber
from staging.ready.mhs001 m;

insert into linkage_seen
select i.load_id, 'health', 'mhsds', i.person_id, date '1900-01-02', i.first_name, i.surname,
    i.dob::varchar, i.postcode, i.sex, i.upn, i.nhs_number
from staging.ready.health_person_index i;
