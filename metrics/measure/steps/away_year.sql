-- One row per placement outside the borough and financial year it ran in, with the share of the
-- year's days it lasted.
select y.financial_year_end as on_date, p.person_id, p.provider_id, p.residential, p.need, p.semh,
    p.annual_cost, p.year_education, p.year_health, p.year_care, p.year_transport,
    (
        date_diff(
            'day',
            greatest(p.start_date, y.financial_year_start),
            least(coalesce(p.end_date, y.financial_year_end), y.financial_year_end)
        ) + 1
    ) / (date_diff('day', y.financial_year_start, y.financial_year_end) + 1.0) as share
from away_placement p
join financial_year y on y.financial_year_end >= p.start_date
    and (p.end_date is null or y.financial_year_start <= p.end_date)
where p.annual_cost is not null
