-- One row per placement outside the borough, financial year and part of its cost: who pays, and the
-- pounds for the share of the year's days it lasted. A part that costs nothing has no row.
select on_date, person_id, provider_id, semh, payer, amount
from (
    select on_date, person_id, provider_id, semh, 'Education' as payer,
        year_education * share as amount
    from away_year
    union all
    select on_date, person_id, provider_id, semh, 'Health', year_health * share from away_year
    union all
    select on_date, person_id, provider_id, semh, 'Social care', year_care * share from away_year
    union all
    select on_date, person_id, provider_id, semh, 'Transport', year_transport * share from away_year
) parts
where amount > 0
