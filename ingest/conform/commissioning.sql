-- Providers.
delete from provider where provider_id in (select provider_id from staging.ready.provider_register);

insert into provider
select provider_id, provider_name, provider_type, host_authority,
    host_authority = getvariable('la_number')
from staging.ready.provider_register;

-- Provisions, as the latest term describes them, and the places commissioned in each term.
create or replace temp table places_seen as
select c.*, t.term_start, t.term_end
from staging.ready.places_commissioned c
left join profile_term t on t.academic_year = c.academic_year and t.term = c.term;

delete from provision where provision_id in (select provision_id from places_seen);

insert into provision
select provision_id, provision_name, establishment, designation,
    host_authority = getvariable('la_number'), urn::integer, provider_id, locality, phase
from places_seen
qualify row_number() over (partition by provision_id order by term_start desc nulls last) = 1;

delete from provision_places where provision_id in (select provision_id from places_seen);

insert into provision_places
select provision_id, term_start, term_end, key_stage, sum(places)::integer
from places_seen
where term_start is not null
group by provision_id, term_start, term_end, key_stage;

insert into placement_cost
select
    pseudonym('placement', c.placement_id), pseudonym('upn', c.upn), c.provision_id,
    c.provider_id, c.urn::integer, c.primary_need, c.placement_type,
    coalesce(c.host_authority = getvariable('la_number'), v.in_borough, d.in_borough),
    c.residential, c.start_date, c.end_date, c.weeks_a_year, c.weekly_education,
    c.weekly_health, c.weekly_care, c.annual_transport, c.distance_miles, c.reason_at_distance,
    c.load_id
from staging.ready.commissioning_register c
left join provision v on v.provision_id = c.provision_id
left join provider d on d.provider_id = c.provider_id;

insert into person_seen
select distinct pseudonym('upn', upn), date '1900-01-01', 0, null::date, null, null, null
from staging.ready.commissioning_register;
