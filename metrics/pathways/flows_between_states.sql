/*
title: Children whose kind of support or school changed within a year
priority: pathways
question: Where do children go from one January to the next, from SEN support to plans, special schools, alternative provision and out of the borough?
kind: computed
method: flows
unit: "% of children"
polarity: none
period: census
breakdowns: [flow]
no_comparator: No published series follows the same children from one January to the next.
sources: [pupil_census, ehc_plan, placement]
population: Children aged 4 to 14 at the start of the school year who were on a roll of the borough's state-funded schools or had an EHC plan of the borough in January, by where they were the January after.
caveats:
  - A flow is a share of the children who were in the first state; the borough's figure is the share of all children who changed.
  - A child in neither return a year later has left the borough's schools and plans, or cannot be matched; children of a school that did not return the later census and are seen nowhere else are left out.
  - Flows of fewer than ten children are told together, because the number in each state is known.
  - Special school means a state-funded one in the borough; a unit in a mainstream school counts as mainstream.
*/
-- numerator: children with where they were in one January and where in the January after, dated at the later one
select n.census_date as on_date, b.person_id, b.state as before,
    coalesce(a.state, 'Left or not matched') as after
from child_state b
join (
    select c.academic_year, c.census_date
    from (
        select extract(year from census_date) - 1 as academic_year, max(census_date) as census_date
        from live_pupil_census
        where extract(month from census_date) = 1
        group by extract(year from census_date) - 1
    ) c
    join (
        select distinct extract(year from snapshot_date) - 1 as academic_year
        from live_ehc_plan
    ) r
        on r.academic_year = c.academic_year
) n on n.academic_year = b.academic_year + 1
join person p on p.person_id = b.person_id
left join child_state a on a.person_id = b.person_id and a.academic_year = b.academic_year + 1
left join january_missing m on m.urn = b.urn and m.academic_year = b.academic_year + 1
where b.academic_year - extract(year from p.birth_month)
    - case when extract(month from p.birth_month) >= 9 then 1 else 0 end between 4 and 14
    and (a.person_id is not null or m.urn is null)
