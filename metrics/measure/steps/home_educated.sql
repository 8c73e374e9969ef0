-- One row per child in elective home education on the last day of a month, with the need recorded
-- when it began.
select on_date, person_id, need
from (
    select d.day as on_date, e.person_id,
        case
            when e.primary_need = 'SEMH' then 'Social, emotional and mental health'
            when e.primary_need is not null then 'Other needs'
            else 'None recorded'
        end as need,
        row_number() over (partition by e.person_id, d.day order by e.start_date desc, e.ehe_id)
            as choice
    from live_ehe e
    join calendar_day d on d.day = d.month_end and d.day >= e.start_date
        and (e.end_date is null or e.end_date > d.day)
) ranked
where choice = 1
