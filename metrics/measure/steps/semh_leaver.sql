-- One row per pupil with SEMH as primary need in Year 11 whose destination was recorded, on the day
-- of the last census before leaving.
select y.census_date as on_date, y.person_id, t.destination,
    coalesce(t.sustained, false) as sustained
from pupil_year y
join live_destination t on t.person_id = y.person_id and t.academic_year = y.academic_year
    and t.left_at = 'Year 11'
where y.year_group = '11' and y.sen_provision in ('K', 'E') and y.primary_need = 'SEMH'
