-- One row per pupil and academic year with SEN support or an EHC plan whose primary need was SEMH.
select person_id, academic_year
from known_pupil
where sen_provision in ('K', 'E') and primary_need = 'SEMH'
