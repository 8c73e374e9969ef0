-- One row per answer a member of school staff gave to a statement, on the day the survey closed.
-- Those to whom it does not apply are left out.
select s.on_date, s.urn, s.role, s.question,
    case when s.answer in ('strongly agree', 'agree') then 1 else 0 end as agrees
from live_staff_survey s
join whole_number n on n.number <= s.answers
where s.answer <> 'not applicable'
