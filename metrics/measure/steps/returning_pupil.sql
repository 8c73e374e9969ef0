-- One row per pupil on roll at a January census who was on roll at the January census before, with
-- the need recorded each time. Single and main registrations only.
select n.person_id, n.census_date, n.urn,
    n.sen_provision in ('K', 'E') as has_sen,
    n.sen_provision in ('K', 'E') and n.primary_need = 'SEMH' as has_semh,
    b.sen_provision in ('K', 'E') as had_sen,
    b.sen_provision in ('K', 'E') and coalesce(b.primary_need, '') = 'SEMH' as had_semh
from january_roll n
join pupil_year b on b.person_id = n.person_id and b.academic_year = n.academic_year - 1
