-- One row per spell of support that ended and was scored before and after: by how much the score
-- moved, and whether that is reliably better (1), worse (-1) or neither (0).
select g.delivery_id, g.person_id, g.urn, g.end_date, g.intervention, g.evidence, g.tool,
    g.score_after - g.score_before as moved,
    case
        when (g.score_after - g.score_before) * t.better >= t.threshold - 0.000000001 then 1
        when (g.score_after - g.score_before) * t.better <= 0.000000001 - t.threshold then -1
        else 0
    end as change
from support_given g
join reliable_threshold t on t.tool = g.tool
where g.end_date is not null and g.score_before is not null and g.score_after is not null
