-- One row per person: field by field, the surest source's newest answer, else what was known.
create or replace temp table person_new as
select
    person_id,
    arg_max(birth_month, struct_pack(surety, seen)) as birth_month,
    arg_max(sex, struct_pack(surety, seen)) as sex,
    arg_max(ethnic_group, struct_pack(surety, seen)) as ethnic_group,
    arg_max(home_lsoa, struct_pack(surety, seen)) as home_lsoa
from person_seen group by person_id;

insert into person_new
select person_id, birth_month, sex, ethnic_group, home_lsoa from person
where person_id not in (select person_id from person_new);

create or replace temp table person_whole as
select
    n.person_id, coalesce(n.birth_month, p.birth_month) as birth_month,
    coalesce(n.sex, p.sex) as sex, coalesce(n.ethnic_group, p.ethnic_group) as ethnic_group,
    coalesce(n.home_lsoa, p.home_lsoa) as home_lsoa
from person_new n
left join person p on p.person_id = n.person_id;

delete from person;

insert into person select * from person_whole;
