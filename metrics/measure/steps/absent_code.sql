-- The attendance codes that are absence, authorised or not; sessions coded otherwise were attended,
-- or were not possible.
select 'C' as code union all select 'C1' union all select 'C2' union all select 'E'
union all select 'G' union all select 'H' union all select 'I' union all select 'J1'
union all select 'M' union all select 'N' union all select 'O' union all select 'R'
union all select 'S' union all select 'T' union all select 'U'
