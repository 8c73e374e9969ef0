-- One row per child of school age living in the borough and financial year with an attended contact
-- with CAMHS, at the end of that year, with the home area and its deprivation tenth.
select c.financial_year_end as on_date, c.person_id, a.lsoa, a.imd_decile
from camhs_person_year c
join area a on a.lsoa = c.lsoa
where a.locality is not null and c.age >= 4 and c.age < 16
