-- One row per placement outside the borough that began anew: the child was not with that provider in
-- the month before. A register that starts a new line each April does not make a place new; and in
-- its first financial year nobody can tell, so that year is left out.
select n.start_date as on_date, n.person_id, n.provider_id, n.residential, n.need, n.semh,
    n.annual_cost
from away_placement n
join (
    select max(y.financial_year_end) as known_from
    from financial_year y
    join (select min(start_date) as first_day from live_placement_cost) f
        on f.first_day >= y.financial_year_start and f.first_day <= y.financial_year_end
) k on n.start_date > k.known_from
left join away_placement b on b.person_id = n.person_id and b.provider_id = n.provider_id
    and b.start_date < n.start_date
    and (b.end_date is null or date_diff('day', b.end_date, n.start_date) <= 31)
where b.person_id is null
