-- One row per pupil and academic year in which a school placed them in alternative provision: the
-- first placement of the year, at the school that arranged it, with its reason.
select person_id, entry_date, urn, placement_reason,
    case placement_reason
        when 'BHS' then 'Behaviour support' when 'MHN' then 'Mental health'
        when 'PHN' then 'Physical health' when 'SUS' then 'Suspension'
        when 'EXR' then 'Permanent exclusion under review' when 'OTH' then 'Other'
        else 'Not known'
    end as reason
from (
    select person_id, entry_date, urn, placement_reason,
        row_number() over (
            partition by person_id, extract(year from entry_date)
                - case when extract(month from entry_date) < 9 then 1 else 0 end
            order by entry_date, ap_id
        ) as choice
    from live_ap_placement
) ranked
where choice = 1
