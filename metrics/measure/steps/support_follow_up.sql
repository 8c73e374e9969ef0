-- One row per spell of support that ended and number of months since (6 and 12): the day they were
-- over and how often the child was suspended or permanently excluded in them. Only children still
-- on a school's roll here at the end of them, since of others nothing would be known.
select f.delivery_id, f.person_id, f.urn, f.intervention, f.evidence, f.months, f.over_date,
    count(s.suspension_id) as suspensions
from (
    select delivery_id, person_id, urn, intervention, evidence, end_date, 6 as months,
        cast(end_date + interval 6 month as date) as over_date
    from support_given
    where end_date is not null
    union all
    select delivery_id, person_id, urn, intervention, evidence, end_date, 12 as months,
        cast(end_date + interval 12 month as date) as over_date
    from support_given
    where end_date is not null
) f
join last_on_roll l on l.person_id = f.person_id and l.census_date >= f.over_date
left join live_suspension s on s.person_id = f.person_id and s.start_date > f.end_date
    and s.start_date <= f.over_date
group by f.delivery_id, f.person_id, f.urn, f.intervention, f.evidence, f.months, f.over_date
