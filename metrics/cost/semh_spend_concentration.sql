/*
title: How far SEMH placement spending falls on the more deprived areas
priority: cost
question: Does spending on SEMH placements follow deprivation?
kind: computed
method: concentration
unit: concentration index, from -1 (all on the most deprived) to 1
decimals: 2
polarity: none
period: financial_year
breakdowns: []
no_comparator: No published series ranks spending on placements by deprivation of the child's home.
pounds: true
sources: [placement_cost, pupil_census]
population: Placements in the commissioning register of children with SEMH as primary need, per pupil on roll, by the deprivation tenth of the home area.
caveats:
  - Below 0 means that more is spent per pupil on the more deprived areas. Need is higher there too, so an index below 0 is not by itself fair, nor one near 0 unfair.
  - Home areas are those known to the borough's school census; children it never had are left out.
  - Places in maintained special schools paid through the school's own budget are not in the register.
*/
-- numerator: each placement's yearly cost for the share of the financial year's days it lasted, where the home area is known
select y.financial_year_end as on_date, p.person_id, p.provider_id, h.home_lsoa as lsoa,
    a.imd_decile,
    p.annual_cost * (
        date_diff(
            'day',
            greatest(p.start_date, y.financial_year_start),
            least(coalesce(p.end_date, y.financial_year_end), y.financial_year_end)
        ) + 1
    ) / (date_diff('day', y.financial_year_start, y.financial_year_end) + 1.0) as amount
from placement_priced p
join financial_year y on y.financial_year_end >= p.start_date
    and (p.end_date is null or y.financial_year_start <= p.end_date)
join person h on h.person_id = p.person_id
join area a on a.lsoa = h.home_lsoa
where p.annual_cost is not null and p.primary_need = 'SEMH'

-- denominator: pupils on roll at the January census of the financial year, by home area in the borough
select r.census_date as on_date, r.person_id, a.lsoa, a.imd_decile
from pupil_year r
join area a on a.lsoa = r.lsoa
where a.locality is not null and r.enrol_status in ('C', 'M')
