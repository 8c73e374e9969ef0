/*
title: Children whose SEN support for SEMH becomes an EHC plan within 12 months
priority: pathways
question: How many children have an EHC plan within a year of starting SEN support?
kind: computed
method: share_within_year
unit: "% of children starting SEN support for SEMH"
polarity: none
period: academic_year
breakdowns: [sex, fsm]
no_comparator: No published series follows the same children from SEN support to a plan.
sources: [pupil_census, ehc_plan]
population: Pupils of the borough's state-funded schools who moved onto SEN support for SEMH between two censuses, by the year of the first census that has them on it.
caveats:
  - Support that ends, and leaving the borough's schools, rule a plan out and are counted as such; a child still on support when the data end is counted for the time they were watched.
  - The start of support is the census that first shows it, up to a term late; children on support at their first census are left out.
  - Few plans can show it of the latest year, whose children have been watched least; its interval is wider.
*/
-- numerator: children who moved onto SEN support for SEMH, with the days watched and which came first, a plan (1), the end of support (2), leaving (3) or the end of the data (0)
select start_date as on_date, person_id, urn,
    date_diff('day', start_date, end_date) as days,
    case
        when plan_date = end_date then 1
        when ended_date = end_date then 2
        when left_date = end_date then 3
        else 0
    end as cause
from (
    select a.start_date, a.person_id, a.urn, a.plan_date, a.ended_date, a.left_date,
        least(
            coalesce(a.plan_date, l.last_date),
            coalesce(a.ended_date, l.last_date),
            coalesce(a.left_date, l.last_date),
            l.last_date
        ) as end_date
    from support_after a
    cross join (
        select least(c.last_census, p.last_return) as last_date
        from (select max(census_date) as last_census from live_pupil_census) c
        cross join (select max(snapshot_date) as last_return from live_ehc_plan) p
    ) l
    where a.primary_need = 'SEMH' and a.start_date <= l.last_date
) watched
