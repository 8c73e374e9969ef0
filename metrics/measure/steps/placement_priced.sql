-- One row per placement in the commissioning register, with its full cost for a year in pounds:
-- education, health and care for the weeks paid for, and transport.
select placement_id, person_id, provision_id, provider_id, urn, primary_need, placement_type,
    in_borough, start_date, end_date,
    case residential
        when 'day' then 'Day place' when 'weekly' then 'Weekly boarding'
        when '38-51' then 'Residential, 38 to 51 weeks' when '52' then 'Residential, 52 weeks'
        else 'Not known'
    end as residential,
    case
        when weekly_education is null and weekly_health is null and weekly_care is null then null
        else (
            coalesce(weekly_education, 0) + coalesce(weekly_health, 0) + coalesce(weekly_care, 0)
        ) * weeks_a_year + coalesce(annual_transport, 0)
    end as annual_cost
from live_placement_cost
