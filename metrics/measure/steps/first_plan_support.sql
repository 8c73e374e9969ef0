-- One row per first EHC plan issued to a child who was on roll in the borough's schools at the
-- January census before it, or the one before that: whether they had SEN support at either.
select i.issued_date, i.person_id, i.need,
    max(case when p.sen_provision = 'K' then 1 else 0 end) as supported
from plan_issued i
join pupil_year p on p.person_id = i.person_id and p.census_date < i.issued_date
    and date_diff('day', p.census_date, i.issued_date) <= 730
group by i.issued_date, i.person_id, i.need
