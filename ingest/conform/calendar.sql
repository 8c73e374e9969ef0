-- Every day of the profile's school years, with its term, where it is in one, and its years.
delete from calendar;

insert into calendar
select
    days.day,
    date_trunc('month', days.day)::date,
    terms.term,
    terms.term_start,
    terms.term_end,
    case when month(days.day) >= 9 then year(days.day) else year(days.day) - 1 end,
    case when month(days.day) >= 4 then year(days.day) else year(days.day) - 1 end,
    year(days.day)
from (
    select unnest(generate_series(
        (select min(term_start) from profile_term),
        (select max(term_end) from profile_term),
        interval 1 day
    ))::date as day
) days
left join profile_term terms on days.day between terms.term_start and terms.term_end;
