-- One row per scheme, key stage and last day of an academic year from the day places were promised
-- for: places promised, and those opened by then.
select d.day as on_date, c.scheme_id, c.programme_phase, c.locality, c.places_promised,
    case when c.opened_date <= d.day then coalesce(c.places_opened, 0) else 0 end as places_opened,
    case when c.opened_date <= d.day then c.running_cost end as running_cost,
    case c.designation
        when 'MIX' then 'More than one need' when 'AP' then 'Alternative provision'
        else c.designation
    end as designation
from live_capital_scheme c
join calendar_day d on d.day = d.academic_year_end and d.day >= c.promised_date
