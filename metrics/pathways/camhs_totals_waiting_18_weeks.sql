/*
title: Waiting over 18 weeks, services that send monthly totals
priority: pathways
question: How long do children wait at services that send no referrals, only totals?
kind: proportion
unit: "% of referrals waiting"
polarity: low
period: month
stock: true
breakdowns: []
no_comparator: These services are in no published series.
sources: [camhs_monthly]
population: Referrals of children under 18 waiting for a first attended contact at services that send the monthly summary and no MHSDS submission.
caveats:
  - Second best, totals as the service counts them, which nobody else can check or break down.
  - Kept apart from the measures counted from referrals, so that nothing is counted twice.
statistic_of: people
*/
-- numerator: referrals waiting over 18 weeks at the end of the month, as services total them
select d.day as on_date,
    concat(m.provider_code, ' ', cast(n.number as varchar), ' ', cast(m.month as varchar))
        as person_id
from live_camhs_monthly m
join calendar_day d on d.month_start = m.month and d.day = d.month_end
join whole_number n on n.number <= m.waiting_over_18_weeks
where m.waiting is not null

-- denominator: referrals waiting at the end of the month, as services total them
select d.day as on_date,
    concat(m.provider_code, ' ', cast(n.number as varchar), ' ', cast(m.month as varchar))
        as person_id
from live_camhs_monthly m
join calendar_day d on d.month_start = m.month and d.day = d.month_end
join whole_number n on n.number <= m.waiting
where m.waiting_over_18_weeks is not null
