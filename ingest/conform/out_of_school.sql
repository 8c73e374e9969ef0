-- Reduced timetables, and which schools said anything about a month. No return is no row.
insert into reduced_timetable
select pseudonym('timetable', timetable_id), pseudonym('upn', upn), urn::integer, start_date,
    end_date, review_date, hours_a_week, reason, parent_agreed, load_id
from staging.ready.reduced_timetable;

insert into reduced_timetable_return
select urn::integer, date_trunc('month', month)::date, pupils_on_reduced_timetable::integer,
    returned_on, load_id
from staging.ready.reduced_timetable_return;

-- A child without a UPN is known only within the register.
create or replace temp table ehe_seen as
select *, coalesce(pseudonym('upn', upn), pseudonym('ehe', ehe_id)) as person_id
from staging.ready.ehe;

insert into ehe
select pseudonym('ehe_row', ehe_id), person_id, last_urn::integer, start_date, end_date, reason,
    end_reason, sen_provision, primary_need, first_contact_date, suitability, load_id
from ehe_seen;

create or replace temp table missing_seen as
select *, coalesce(pseudonym('upn', upn), pseudonym('cme', cme_id)) as person_id
from staging.ready.missing_education;

insert into missing_education
select pseudonym('cme_row', cme_id), person_id, last_urn::integer, start_date, found_date, outcome,
    load_id
from missing_seen;

insert into person_seen
select person_id, start_date, 1, date_trunc('month', dob)::date, sex, null, null from ehe_seen
union all
select person_id, start_date, 1, date_trunc('month', dob)::date, sex, null, null from missing_seen
union all
select distinct pseudonym('upn', upn), date '1900-01-01', 0, null::date, null, null, null
from staging.ready.reduced_timetable;
