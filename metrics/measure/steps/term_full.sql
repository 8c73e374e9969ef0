-- One row per provision in the borough and term: places commissioned and children placed on its
-- last day, key stages together.
select p.provision_id, p.locality, p.designation, p.period_end, p.places,
    coalesce(c.children, 0) as children
from (
    select provision_id, locality, designation, period_end, sum(places) as places
    from place_commissioned
    group by provision_id, locality, designation, period_end
) p
left join (
    select provision_id, period_end, count(*) as children
    from place_child
    group by provision_id, period_end
) c on c.provision_id = p.provision_id and c.period_end = p.period_end
where p.places > 0
