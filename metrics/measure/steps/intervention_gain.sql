-- One row per closed referral and scale scored twice, of children whose first coded procedure is a
-- named intervention or usual care: the first score, and the gain (better above 0).
select f.referral_id, r.person_id, r.discharge_date, r.lsoa, f.tool, n.name, n.usual,
    f.score as first_score, (l.score - f.score) * t.better as gain
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
join closed_referral r on r.referral_id = f.referral_id
join (
    select referral_id, procedure,
        row_number() over (partition by referral_id order by activity_date, activity_id) as choice
    from live_care_activity
    where procedure in (select procedure from named_intervention)
) a on a.referral_id = f.referral_id and a.choice = 1
join named_intervention n on n.procedure = a.procedure
where f.choice = 1
