/*
title: Children who began home education
priority: demand
question: How many children left school to be taught at home this year, and why?
kind: count
unit: children
decimals: 0
polarity: none
period: academic_year
breakdowns: [need, reason, sex, age_band]
no_comparator: Published starts are by term and authority, on another collection.
sources: [ehe]
population: Children whose elective home education began in the academic year.
caveats:
  - The reason is the main one parents gave; many give none.
  - A child who went back to school and began again in the same year is counted twice.
*/
-- numerator: times home education began in the academic year
select start_date as on_date, person_id,
    case
        when primary_need = 'SEMH' then 'Social, emotional and mental health'
        when primary_need is not null then 'Other needs'
        else 'None recorded'
    end as need,
    case reason
        when 'LIF' then 'Lifestyle or belief' when 'MEN' then 'Mental health'
        when 'PHY' then 'Physical health' when 'SEN' then 'Support for special needs'
        when 'DIS' then 'Dissatisfied otherwise' when 'BUL' then 'Bullying'
        when 'ATT' then 'Attendance or risk of exclusion'
        when 'PLA' then 'School place' when 'OTH' then 'Other' else 'Not known'
    end as reason
from live_ehe
