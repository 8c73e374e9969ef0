-- One row per placement of a child with SEMH as primary need at an independent or non-maintained
-- special school outside the borough.
select placement_id, person_id, provider_id, start_date, end_date, residential, annual_cost,
    weekly_fee, year_education, year_health, year_care, year_transport, distance_miles,
    reason_at_distance
from away_placement
where semh
