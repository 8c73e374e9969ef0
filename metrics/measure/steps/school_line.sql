-- One row per URN with the URN under which its series goes on: a school that became an academy is
-- its successor's earlier years, so that a head sees one line. Up to three successors are followed.
select s.urn, coalesce(d.urn, c.urn, b.urn, s.urn) as line_urn
from school s
left join (select predecessor_urn, min(urn) as urn from school group by predecessor_urn) b
    on b.predecessor_urn = s.urn
left join (select predecessor_urn, min(urn) as urn from school group by predecessor_urn) c
    on c.predecessor_urn = b.urn
left join (select predecessor_urn, min(urn) as urn from school group by predecessor_urn) d
    on d.predecessor_urn = c.urn
