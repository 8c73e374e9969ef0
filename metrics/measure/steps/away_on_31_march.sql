-- One row per placement outside the borough under way on 31 March.
select d.day as on_date, p.person_id, p.provider_id, p.residential, p.need, p.semh, p.annual_cost,
    p.weekly_fee, p.year_education, p.year_health, p.year_care, p.year_transport,
    p.distance_miles, p.reason_at_distance
from away_placement p
join calendar_day d on d.day = d.financial_year_end and d.day >= p.start_date
    and (p.end_date is null or d.day <= p.end_date)
