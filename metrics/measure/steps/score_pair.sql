-- One row per closed referral and scale scored twice: the first score on or after the first contact,
-- the last on or after the second, the gain between them (better above 0), and whether the change is
-- reliably better (1), worse (-1) or neither (0).
select referral_id, tool, first_score, gain,
    case
        when gain >= threshold - 0.000000001 then 1
        when gain <= 0.000000001 - threshold then -1
        else 0
    end as change
from (
    select f.referral_id, f.tool, f.score as first_score, (l.score - f.score) * t.better as gain,
        t.threshold
    from (
        select s.referral_id, s.tool, s.score, s.score_date,
            row_number() over (
                partition by s.referral_id, s.tool order by s.score_date, s.score_id
            ) as choice
        from live_outcome_score s
        join closed_referral r on r.referral_id = s.referral_id
            and s.score_date >= r.first_contact_date
    ) f
    join (
        select s.referral_id, s.tool, s.score, s.score_date,
            row_number() over (
                partition by s.referral_id, s.tool order by s.score_date desc, s.score_id desc
            ) as choice
        from live_outcome_score s
        join closed_referral r on r.referral_id = s.referral_id
            and s.score_date >= r.second_contact_date
    ) l on l.referral_id = f.referral_id and l.tool = f.tool and l.choice = 1
        and l.score_date > f.score_date
    join reliable_threshold t on t.tool = f.tool
    where f.choice = 1
) pair
