-- One row per placement in the commissioning register, with its full cost for a year in pounds:
-- education, health and care for the weeks paid for, and transport. Without any weekly cost the
-- whole is not known.
select placement_id, person_id, provision_id, provider_id, urn, primary_need, placement_type,
    in_borough, start_date, end_date, distance_miles, reason_at_distance, residential, need,
    weekly_fee, year_education, year_health, year_care, year_transport,
    case
        when weekly_fee is null then null
        else year_education + year_health + year_care + year_transport
    end as annual_cost
from (
    select placement_id, person_id, provision_id, provider_id, urn, primary_need, placement_type,
        in_borough, start_date, end_date, distance_miles, reason_at_distance,
        case residential
            when 'day' then 'Day place' when 'weekly' then 'Weekly boarding'
            when '38-51' then 'Residential, 38 to 51 weeks' when '52' then 'Residential, 52 weeks'
            else 'Not known'
        end as residential,
        case primary_need
            when 'SEMH' then 'Social, emotional and mental health'
            when 'ASD' then 'Autistic spectrum disorder'
            else 'Other or not known'
        end as need,
        case
            when weekly_education is null and weekly_health is null and weekly_care is null
                then null
            else coalesce(weekly_education, 0) + coalesce(weekly_health, 0)
                + coalesce(weekly_care, 0)
        end as weekly_fee,
        coalesce(weekly_education, 0) * weeks_a_year as year_education,
        coalesce(weekly_health, 0) * weeks_a_year as year_health,
        coalesce(weekly_care, 0) * weeks_a_year as year_care,
        coalesce(annual_transport, 0) as year_transport
    from live_placement_cost
) priced
