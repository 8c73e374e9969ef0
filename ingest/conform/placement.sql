-- Mediations and appeals. A child without a UPN stands for itself in each row.
create or replace temp table dispute_seen as
select *, coalesce(pseudonym('upn', upn), pseudonym('dispute', dispute_id)) as person_id
from staging.ready.dispute;

insert into dispute
select pseudonym('dispute_row', dispute_id), person_id, kind, about, primary_need,
    registered_date, decided_date, result, load_id
from dispute_seen;

-- Waits for a specialist place.
create or replace temp table wait_seen as
select *, coalesce(pseudonym('upn', upn), pseudonym('wait', wait_id)) as person_id
from staging.ready.place_wait;

insert into place_wait
select pseudonym('wait_row', wait_id), person_id, primary_need, wanted_provision_id,
    wanted_establishment, wanted_designation, asked_date, placed_date, withdrawn_date, meanwhile,
    load_id
from wait_seen;

insert into person_seen
select distinct person_id, date '1900-01-01', 0, null::date, null, null, null
from (select person_id from dispute_seen union all select person_id from wait_seen) both_registers;
