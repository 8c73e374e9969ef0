-- One row per child under 18 and financial year with at least one attended contact in person, by
-- phone, by video or by talk type, with the first such contact of the year.
select person_id, financial_year_end, contact_date, lsoa, age, sex
from (
    select r.person_id, d.financial_year_end, c.contact_date, r.lsoa, r.sex,
        r.age_at_referral as age,
        row_number() over (
            partition by r.person_id, d.financial_year_end order by c.contact_date, c.contact_id
        ) as choice
    from camhs_referral r
    join live_contact c on c.referral_id = r.referral_id
    join calendar_day d on d.day = c.contact_date
    left join person p on p.person_id = r.person_id
    where c.attended in ('5', '6') and c.medium in ('01', '02', '04', '11')
        and coalesce(
            extract(year from c.contact_date) - extract(year from p.birth_month)
            - case
                when extract(month from c.contact_date) < extract(month from p.birth_month)
                then 1 else 0
            end,
            r.age_at_referral, 0
        ) < 18
) ranked
where choice = 1
