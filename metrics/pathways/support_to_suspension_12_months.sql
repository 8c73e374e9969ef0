/*
title: Children on SEN support for SEMH who are suspended within 12 months
priority: pathways
question: How many children are suspended within a year of starting SEN support?
kind: computed
method: share_within_year
unit: "% of children starting SEN support for SEMH"
polarity: low
period: academic_year
breakdowns: [sex, fsm]
no_comparator: No published series follows the same children from SEN support to a suspension.
sources: [pupil_census, suspension, ehc_plan]
population: Pupils of the borough's state-funded schools who moved onto SEN support for SEMH between two censuses, by the year of the first census that has them on it.
caveats:
  - A plan, the end of support and leaving the borough's schools come first for some and are counted as such; a child still on support when the data end is counted for the time they were watched.
  - The start of support is the census that first shows it, up to a term late; children on support at their first census are left out.
  - Suspensions that a school's missing census would have told are not known; permanent exclusions are not counted.
*/
-- numerator: children who moved onto SEN support for SEMH, with the days watched and which came first, a suspension (1), a plan (2), the end of support (3), leaving (4) or the end of the data (0)
select start_date as on_date, person_id, urn,
    date_diff('day', start_date, end_date) as days,
    case
        when suspended_date = end_date then 1
        when plan_date = end_date then 2
        when ended_date = end_date then 3
        when left_date = end_date then 4
        else 0
    end as cause
from (
    select a.start_date, a.person_id, a.urn, x.suspended_date, a.plan_date, a.ended_date,
        a.left_date,
        least(
            coalesce(x.suspended_date, l.last_date),
            coalesce(a.plan_date, l.last_date),
            coalesce(a.ended_date, l.last_date),
            coalesce(a.left_date, l.last_date),
            l.last_date
        ) as end_date
    from support_after a
    cross join (select max(start_date) as last_date from live_suspension) l
    left join (
        select s.person_id, min(u.start_date) as suspended_date
        from support_start s
        join suspension_in_year u on u.person_id = s.person_id and u.start_date >= s.start_date
        group by s.person_id
    ) x on x.person_id = a.person_id
    where a.primary_need = 'SEMH' and a.start_date <= l.last_date
) watched
