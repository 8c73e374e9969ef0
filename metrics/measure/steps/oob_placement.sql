-- One row per placement of a child with SEMH as primary need at an independent or non-maintained
-- special school outside the borough.
select placement_id, person_id, provider_id, start_date, end_date, residential, annual_cost
from placement_priced
where primary_need = 'SEMH'
    and not in_borough
    and placement_type in ('independent_special', 'nmss')
