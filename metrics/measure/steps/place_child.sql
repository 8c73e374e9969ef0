-- One row per child placed on the last day of a term at provision in the borough with places
-- commissioned that term, under the key stage of the child's age where places are commissioned by
-- key stage.
select provision_id, locality, designation, period_end, person_id,
    case
        when by_age = 0 then 'All ages of the provision'
        when age is null then 'Not known'
        when age < 5 then 'Early years'
        when age < 7 then 'Key stage 1'
        when age < 11 then 'Key stage 2'
        when age < 14 then 'Key stage 3'
        when age < 16 then 'Key stage 4'
        else 'Post-16'
    end as key_stage
from (
    select t.provision_id, t.locality, t.designation, t.period_end, c.person_id, t.by_age,
        t.school_year - extract(year from n.birth_month)
            - case when extract(month from n.birth_month) >= 9 then 1 else 0 end as age
    from (
        select provision_id, locality, designation, period_end,
            extract(year from period_end)
                - case when extract(month from period_end) < 9 then 1 else 0 end as school_year,
            max(case when key_stage <> 'All ages of the provision' then 1 else 0 end) as by_age
        from place_commissioned
        group by provision_id, locality, designation, period_end
    ) t
    join live_placement_cost c on c.provision_id = t.provision_id
        and c.start_date <= t.period_end
        and (c.end_date is null or c.end_date >= t.period_end)
    left join person n on n.person_id = c.person_id
) placed
