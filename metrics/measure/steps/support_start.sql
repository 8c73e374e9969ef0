-- One row per pupil whose move onto SEN support shows between two censuses: the first census that
-- has them on it, after one that had them without. `need` is the one recorded there.
select person_id, census_date as start_date, urn, primary_need
from (
    select person_id, census_date, urn, primary_need,
        row_number() over (partition by person_id order by census_date) as choice
    from pupil_term
    where sen_provision = 'K' and provision_before = 'N'
) started
where choice = 1
