-- One row per published mid-year estimate of the borough's children: aged 0 to 17, and 0 to 24.
select s.period_start as day, '0 to 17' as ages, max(s.value) as people
from published_statistic s
join load l on l.load_id = s.load_id
where l.superseded_by is null and s.area_kind = 'borough' and s.value is not null
    and s.series = 'population.mye_0_17' and s.breakdown = 'all'
group by s.period_start
union all
select s.period_start as day, '0 to 24' as ages, sum(s.value) as people
from published_statistic s
join load l on l.load_id = s.load_id
where l.superseded_by is null and s.area_kind = 'borough' and s.value is not null
    and s.series = 'population.mye_single_year' and cast(s.category as integer) <= 24
group by s.period_start
having count(*) = 25
