-- One row per appeal to the SEND tribunal: what it is about, and whether a mediation about the same
-- decision was asked for in the year before.
select a.dispute_id, a.person_id, a.registered_date, a.decided_date, a.result,
    a.about as about_code,
    case a.about
        when 'ASS' then 'Refusal to assess' when 'ISS' then 'Refusal to issue a plan'
        when 'CON' then 'Needs, provision or school in the plan'
        when 'PLA' then 'School named only' when 'AMD' then 'Refusal to amend after a review'
        when 'CEA' then 'Ceasing the plan' else 'Not known'
    end as about,
    max(case when m.dispute_id is not null then 1 else 0 end) as mediated
from live_dispute a
left join live_dispute m on m.kind = 'MED' and m.person_id = a.person_id and m.about = a.about
    and m.registered_date <= a.registered_date
    and date_diff('day', m.registered_date, a.registered_date) <= 365
where a.kind = 'APP'
group by a.dispute_id, a.person_id, a.registered_date, a.decided_date, a.result, a.about
