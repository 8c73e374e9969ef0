-- One row per case a panel decided and number of months since (3, 6 and 12): the day they were over
-- and how often the child was suspended or permanently excluded in them. Only children still on a
-- school's roll here at the end of them, since of others nothing would be known.
select f.case_id, f.person_id, f.urn, f.panel, f.partnership, f.decision, f.months, f.over_date,
    count(s.suspension_id) as suspensions
from (
    select case_id, person_id, urn_from as urn, panel, partnership, decision, decided_date,
        3 as months, cast(decided_date + interval 3 month as date) as over_date
    from live_panel_case
    where decided_date is not null
    union all
    select case_id, person_id, urn_from as urn, panel, partnership, decision, decided_date,
        6 as months, cast(decided_date + interval 6 month as date) as over_date
    from live_panel_case
    where decided_date is not null
    union all
    select case_id, person_id, urn_from as urn, panel, partnership, decision, decided_date,
        12 as months, cast(decided_date + interval 12 month as date) as over_date
    from live_panel_case
    where decided_date is not null
) f
join last_on_roll l on l.person_id = f.person_id and l.census_date >= f.over_date
left join live_suspension s on s.person_id = f.person_id and s.start_date > f.decided_date
    and s.start_date <= f.over_date
group by f.case_id, f.person_id, f.urn, f.panel, f.partnership, f.decision, f.months, f.over_date
