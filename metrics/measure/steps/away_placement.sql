-- One row per placement of a child at an independent or non-maintained special school outside the
-- borough, for any need.
select placement_id, person_id, provider_id, start_date, end_date, residential, need, annual_cost,
    weekly_fee, year_education, year_health, year_care, year_transport, distance_miles,
    reason_at_distance, coalesce(primary_need = 'SEMH', false) as semh
from placement_priced
where not in_borough and placement_type in ('independent_special', 'nmss')
