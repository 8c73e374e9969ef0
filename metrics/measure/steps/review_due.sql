-- One row per EHC plan in force on a January census day for a year or more, and whether a review
-- meeting was held in the year before. Returns that carry no meeting of any plan are left out.
select p.census_date, p.person_id, p.plan_id, p.primary_need,
    coalesce(date_diff('day', p.review_meeting, p.census_date) between 0 and 366, false) as held
from plan_in_force p
where date_diff('day', p.start_date, p.census_date) >= 365
    and p.census_date in (
        select snapshot_date
        from live_ehc_plan
        where review_meeting is not null
    )
