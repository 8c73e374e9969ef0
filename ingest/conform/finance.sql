-- Budget lines and the grant's balance; a financial year is called by the year it starts in.
insert into budget_line
select line, part, left(financial_year, 4)::integer, forecast_month, budget, forecast_outturn,
    actual_to_date, budget_places, forecast_places, load_id
from staging.ready.budget_lines;

insert into dsg_balance
select left(financial_year, 4)::integer, brought_forward, allocation, high_needs_allocation,
    carried_forward, load_id
from staging.ready.dsg_balance;

-- Children in places are counts of children, so they are held apart from the programme itself.
insert into capital_scheme
select scheme_id, scheme_name, programme_phase, establishment, designation, key_stage, locality,
    places_promised::integer, promised_date, places_opened::integer, opened_date, capital_cost,
    running_cost, load_id
from staging.ready.capital_schemes;

insert into capital_place_filled
select scheme_id, key_stage, filled_date, places_filled::integer, load_id
from staging.ready.capital_schemes
where places_filled is not null and filled_date is not null;

insert into candidate_scheme
select scheme_id, scheme_name, establishment, designation, phase, locality, places::integer,
    capital_cost, running_cost_per_place, start_date, opening_date, load_id
from staging.ready.candidate_schemes;
