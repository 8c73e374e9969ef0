-- One row per pupil, academic year and group of reasons they were suspended for, however often: a
-- suspension gives up to three reasons. The date is that of the first such suspension.
select min(start_date) as on_date, person_id, academic_year, min(urn) as urn, reason
from (
    select start_date, person_id, urn,
        extract(year from start_date)
            - case when extract(month from start_date) < 9 then 1 else 0 end as academic_year,
        case
            when code = 'DB' then 'Persistent disruptive behaviour'
            when code = 'PP' then 'Physical assault, pupil'
            when code = 'PA' then 'Physical assault, adult'
            when code in ('VP', 'VA') then 'Verbal abuse or threats'
            when code = 'OW' then 'Weapon or prohibited item'
            when code = 'DA' then 'Drugs and alcohol'
            when code in ('DM', 'TH') then 'Damage or theft'
            when code in ('BU', 'RA', 'LG', 'DS', 'SM') then 'Bullying, discrimination, misconduct'
            else 'Other reasons'
        end as reason
    from (
        select start_date, person_id, urn, reason1 as code from live_suspension
        where category <> 'PERM' and reason1 is not null
        union all
        select start_date, person_id, urn, reason2 from live_suspension
        where category <> 'PERM' and reason2 is not null
        union all
        select start_date, person_id, urn, reason3 from live_suspension
        where category <> 'PERM' and reason3 is not null
    ) told
) grouped
group by person_id, academic_year, reason
