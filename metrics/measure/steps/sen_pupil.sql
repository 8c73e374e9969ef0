-- One row per pupil and academic year with SEN support or an EHC plan: which of the two, and whether
-- the primary need was SEMH.
select person_id, academic_year,
    case sen_provision when 'E' then 'EHC plan' else 'SEN support' end as sen,
    coalesce(primary_need = 'SEMH', false) as semh
from known_pupil
where sen_provision in ('K', 'E')
