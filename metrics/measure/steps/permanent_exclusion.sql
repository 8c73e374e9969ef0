-- One row per permanent exclusion at a setting that returned the January census, with the academic
-- year of its date, whether the pupil had SEN support or a plan, and whether the need was SEMH. One
-- before the school that reported it opened belongs to the school it took over from.
select x.start_date, x.person_id, x.urn, x.academic_year, coalesce(p.sen, 'No SEN') as sen,
    coalesce(p.semh, false) as semh
from (
    select s.start_date, s.person_id, coalesce(b.predecessor_urn, s.urn) as urn,
        extract(year from s.start_date)
            - case when extract(month from s.start_date) < 9 then 1 else 0 end as academic_year
    from live_suspension s
    left join school b on b.urn = s.urn and b.open_date > s.start_date
    where s.category = 'PERM'
) x
left join january_missing m on m.urn = x.urn and m.academic_year = x.academic_year
left join sen_pupil p on p.person_id = x.person_id and p.academic_year = x.academic_year
where m.urn is null
