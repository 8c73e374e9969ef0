-- One row per financial year of the dedicated schools grant, with its last day.
select d.day as on_date, b.carried_forward, b.allocation
from live_dsg_balance b
join calendar_day d on d.day = make_date(b.financial_year + 1, 3, 31)
