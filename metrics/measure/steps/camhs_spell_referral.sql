-- One row per referral with the number of the child's spell it belongs to: referrals that overlap,
-- or follow within five days of an end, are one spell. Crisis teams are left out, as nationally.
select referral_id, person_id, received_date, lsoa, sex, age_at_referral, pathway,
    sum(begins) over (
        partition by person_id order by received_date, referral_id
        rows between unbounded preceding and current row
    ) as spell
from (
    select referral_id, person_id, received_date, lsoa, sex, age_at_referral, pathway,
        case
            when ended_before is null or date_diff('day', ended_before, received_date) > 5 then 1
            else 0
        end as begins
    from (
        select referral_id, person_id, received_date, lsoa, sex, age_at_referral, pathway,
            max(coalesce(discharge_date, rejection_date, date '2999-12-31')) over (
                partition by person_id order by received_date, referral_id
                rows between unbounded preceding and 1 preceding
            ) as ended_before
        from camhs_referral
        where coalesce(team_type, '') not in (
            'A02', 'A03', 'A04', 'A19', 'A20', 'A21', 'A22', 'A23', 'A24', 'A25'
        )
    ) ordered
) marked
