-- Support given, and what the register says of each kind of support.
insert into intervention_register
select intervention_id, name, evidence_rating, evidence_source, response_level, cost_per_place,
    places_a_year::integer, last_reviewed, load_id
from staging.ready.intervention_register;

insert into intervention
select
    pseudonym('intervention', delivery_id), pseudonym('upn', upn), intervention_id, urn::integer,
    setting, start_date, end_date, cost, completed, tool, score_before, score_after, load_id
from staging.ready.interventions_delivered;

insert into person_seen
select distinct pseudonym('upn', upn), date '1900-01-01', 0, null::date, null, null, null
from staging.ready.interventions_delivered;
