-- One row per EHC plan in force on a January census day, with its primary need and where the child
-- was placed that day.
select p.snapshot_date as census_date, p.person_id, p.plan_id, p.primary_need, p.start_date,
    p.review_meeting, w.urn, w.in_borough,
    coalesce(w.setting, 'Not placed or not known') as setting
from live_ehc_plan p
left join plan_place w on w.plan_id = p.plan_id and w.census_date = p.snapshot_date
where (p.start_date is null or p.start_date <= p.snapshot_date)
    and (p.cease_date is null or p.cease_date > p.snapshot_date)
