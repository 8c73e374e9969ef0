-- One row per closed referral and scale scored twice: the measure the scale belongs to, who rated,
-- and whether the change is reliably better (1), worse (-1) or neither (0).
select r.person_id, r.discharge_date, p.tool as scale, p.change,
    case
        when p.tool like 'SDQ-P-%' then 'SDQ, parent' when p.tool like 'SDQ-S-%' then 'SDQ, self'
        when p.tool like 'RCADS-P-%' then 'RCADS, parent'
        when p.tool like 'RCADS-S-%' then 'RCADS, self'
        else p.tool
    end as tool
from score_pair p
join closed_referral r on r.referral_id = p.referral_id
