/*
title: Spending on SEMH placements in independent schools out of the borough
priority: cost
question: What do independent placements out of the borough cost in all, year by year?
kind: money
unit: pounds
decimals: 0
polarity: low
period: financial_year
breakdowns: [provider_type, residential]
no_comparator: Section 251 returns give spending on independent and non-maintained schools for all needs, in and out of the authority.
sources: [placement_cost]
population: Placements of children with SEMH as primary need at independent or non-maintained special schools outside the borough.
caveats:
  - Cost is spread evenly over the days of the year and counted for the days a placement lasted; invoices fall differently.
  - Education, health and social care shares and transport together, whoever pays; not adjusted for inflation.
  - The prices are those in the register now; where it keeps only the current price, earlier years are overstated.
part_of: [sen_oob_spend]
*/
-- numerator: each placement's yearly cost for the share of the financial year's days it lasted
select y.financial_year_end as on_date, p.person_id, p.provider_id, p.residential,
    p.annual_cost * (
        date_diff(
            'day',
            greatest(p.start_date, y.financial_year_start),
            least(coalesce(p.end_date, y.financial_year_end), y.financial_year_end)
        ) + 1
    ) / (date_diff('day', y.financial_year_start, y.financial_year_end) + 1) as amount
from oob_placement p
join financial_year y on y.financial_year_end >= p.start_date
    and (p.end_date is null or y.financial_year_start <= p.end_date)
where p.annual_cost is not null
