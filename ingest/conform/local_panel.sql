-- Cases a panel heard. A school that has since become an academy keeps the URN it had then.
insert into panel_case
select
    pseudonym('panel', case_id), pseudonym('upn', upn), panel, partnership, urn_from::integer,
    urn_to::integer, received_date, due_date, heard_date, decided_date, decision, outcome,
    outcome_date, load_id
from staging.ready.panel_cases;

insert into data_return
select partner, partner_kind, dataset, due_date, received_date, coalesce(nil_return, false), load_id
from staging.ready.data_returns;

insert into person_seen
select distinct pseudonym('upn', upn), date '1900-01-01', 0, null::date, null, null, null
from staging.ready.panel_cases;
