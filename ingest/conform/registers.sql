-- Schools: a register replaces what was known of the schools it lists, and of no others. Invented
-- schools (URN from 900000) and real ones never stand side by side.
delete from school
where urn in (select urn from staging.ready.school_register)
    or (urn < 900000
        and exists (select 1 from staging.ready.school_register i where i.urn >= 900000));

-- A school is in the borough when its authority is; a college may have no ward recorded.
insert into school
select
    r.urn::integer, r.establishment_name, r.phase, r.establishment, r.designation, r.trust,
    r.ward_code, w.locality, r.open_date, r.close_date, r.predecessor_urn::integer, r.expects_census,
    r.la_code = getvariable('la_number')
from staging.ready.school_register r
left join profile_ward w on w.ward_code = r.ward_code;

-- Small areas of England and Wales: each belongs to the ward most of its postcodes are in. The
-- directory has no deprivation decile, so one that is known stays.
create or replace temp table area_seen as
select
    p.lsoa21 as lsoa, mode(p.ward_code) as ward_code,
    coalesce(max(p.imd_decile), max(a.imd_decile))::integer as imd_decile
from staging.ready.postcode_lookup p
left join area a on a.lsoa = p.lsoa21
where p.lsoa21 similar to '[EW]01[0-9]{6}'
group by p.lsoa21;

delete from area where lsoa in (select lsoa from area_seen);

insert into area
select a.lsoa, a.ward_code, w.ward_name, w.locality, a.imd_decile
from area_seen a
left join profile_ward w on w.ward_code = a.ward_code;
