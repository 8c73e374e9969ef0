-- One row per closed referral and scale scored twice (`score_pair`), of children whose first coded
-- procedure is a named intervention or usual care: the first score, and the gain (better above 0).
select p.referral_id, r.person_id, r.discharge_date, r.lsoa, p.tool, n.name, n.usual,
    p.first_score, p.gain
from score_pair p
join closed_referral r on r.referral_id = p.referral_id
join (
    select referral_id, procedure,
        row_number() over (partition by referral_id order by activity_date, activity_id) as choice
    from live_care_activity
    where procedure in (select procedure from named_intervention)
) a on a.referral_id = p.referral_id and a.choice = 1
join named_intervention n on n.procedure = a.procedure
