-- One row per spell whose clock has stopped, with the days it ran: a first attended contact, a care
-- plan agreed and a first score, all on or after the day the spell began, whichever came last.
select s.person_id, s.lsoa, s.sex, s.age_at_referral, s.pathway, s.began,
    greatest(c.day, p.day, o.day) as stopped,
    date_diff('day', s.began, greatest(c.day, p.day, o.day)) as days
from (
    select person_id, spell, received_date as began, lsoa, sex, age_at_referral, pathway,
        row_number() over (
            partition by person_id, spell order by received_date, referral_id
        ) as choice
    from camhs_spell_referral
) s
join (
    select r.person_id, r.spell, min(c.contact_date) as day
    from camhs_spell_referral r
    join live_contact c on c.referral_id = r.referral_id and c.contact_date >= r.received_date
        and c.attended in ('5', '6')
    group by r.person_id, r.spell
) c on c.person_id = s.person_id and c.spell = s.spell
join (
    select r.person_id, r.spell, min(p.agreed_date) as day
    from camhs_spell_referral r
    join live_care_plan p on p.referral_id = r.referral_id and p.agreed_date >= r.received_date
    group by r.person_id, r.spell
) p on p.person_id = s.person_id and p.spell = s.spell
join (
    select r.person_id, r.spell, min(o.score_date) as day
    from camhs_spell_referral r
    join live_outcome_score o on o.referral_id = r.referral_id
        and o.score_date >= r.received_date
    group by r.person_id, r.spell
) o on o.person_id = s.person_id and o.spell = s.spell
where s.choice = 1
