-- A provider's monthly totals, without a child in them.
insert into camhs_monthly
select
    provider_code, provider_name, date_trunc('month', month)::date, referrals_received::integer,
    referrals_accepted::integer, referrals_rejected::integer, open_referrals::integer,
    waiting::integer, waiting_over_18_weeks::integer, seen::integer, contacts::integer,
    median_wait_weeks, load_id
from staging.ready.camhs_monthly;
