-- One row per answer a young person or parent gave to a statement, on the day the wave closed. Those
-- to whom it does not apply are left out.
select v.on_date, v.audience, v.service, v.question,
    case when v.answer in ('strongly agree', 'agree') then 1 else 0 end as agrees
from live_voice_survey v
join whole_number n on n.number <= v.answers
where v.answer <> 'not applicable'
