-- Staff trained, staff asked, staff in post. A survey without a phase takes the school's.
insert into training
select urn::integer, course, role, on_date, attended::integer, eligible::integer, load_id
from staging.ready.training_attendance;

insert into staff_survey
select s.urn::integer, s.role, coalesce(s.phase, c.phase), s.on_date, s.question, s.answer,
    s.answers::integer, s.load_id
from staging.ready.staff_survey s
left join school c on c.urn = s.urn;

insert into workforce
select service, post, on_date, establishment_fte, in_post_fte, caseload::integer, agency_spend,
    load_id
from staging.ready.workforce_in_post;
