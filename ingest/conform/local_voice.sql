-- What young people and parents answered, as counts.
insert into voice_survey
select on_date, audience, service, urn::integer, question, answer, answers::integer, load_id
from staging.ready.voice_survey;
