-- One row per URN in the registers: which kind of establishment it is and whether it is in the
-- borough.
select urn, establishment, in_borough, provision_id
from (
    select s.urn, coalesce(s.establishment, v.establishment) as establishment,
        coalesce(v.in_borough, s.in_borough, s.locality is not null) as in_borough, v.provision_id,
        row_number() over (partition by s.urn order by v.provision_id) as choice
    from school s
    left join provision v on v.urn = s.urn
) ranked
where choice = 1
