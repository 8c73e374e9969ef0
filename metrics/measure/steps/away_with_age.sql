-- One row per placement outside the borough under way on 31 March at an independent, non-maintained
-- or specialist post-16 place, with the age that day in whole years.
select d.day as on_date, p.person_id, p.provider_id, p.annual_cost,
    coalesce(p.primary_need = 'SEMH', false) as semh,
    extract(year from d.day) - extract(year from n.birth_month)
        - case when extract(month from d.day) < extract(month from n.birth_month) then 1 else 0 end
        as age_on_day
from placement_priced p
join calendar_day d on d.day = d.financial_year_end and d.day >= p.start_date
    and (p.end_date is null or d.day <= p.end_date)
left join person n on n.person_id = p.person_id
where not p.in_borough and p.placement_type in ('independent_special', 'nmss', 'post16')
