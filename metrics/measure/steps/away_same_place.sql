-- One row per placement outside the borough on 31 March of a child who was with the same provider on
-- the same kind of place a year before, with both weekly fees.
select n.on_date, n.person_id, n.provider_id, n.weekly_fee as fee, b.weekly_fee as fee_before
from away_on_31_march n
join away_on_31_march b on b.person_id = n.person_id and b.provider_id = n.provider_id
    and b.residential = n.residential
    and extract(year from b.on_date) = extract(year from n.on_date) - 1
where n.weekly_fee is not null and b.weekly_fee is not null
