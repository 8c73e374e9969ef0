-- One row per child and academic year with at least half the year in priced places, as `place_held`,
-- and how the year went where the child's school returned it (good: at least 90 % attended, and
-- neither suspended nor excluded).
select s.person_id, s.on_date, s.academic_year, s.place, s.provision_id, s.provider_id,
    s.annual_cost, s.need, s.kind_of_child,
    case
        when a.possible is null then null
        when a.missed <= 0.1 * a.possible and u.person_id is null and x.person_id is null then 1
        else 0
    end as good
from place_held s
left join pupil_absence a on a.person_id = s.person_id and a.academic_year = s.academic_year
left join suspended_pupil u on u.person_id = s.person_id and u.academic_year = s.academic_year
left join (select distinct person_id, academic_year from permanent_exclusion) x
    on x.person_id = s.person_id and x.academic_year = s.academic_year
