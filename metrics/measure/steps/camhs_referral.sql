-- One row per referral of a child under 18 to community mental health services; inpatient and
-- forensic teams are left out, as in the national measures for children.
select referral_id, person_id, received_date, source, reason, team_type, priority, discharge_date,
    close_reason, rejection_date, reject_reason, age_at_referral, lsoa, sex,
    case
        when team_type in ('C01', 'C04') then 'Neurodevelopmental and autism'
        when team_type in ('F01', 'D06') then 'Mental health support in schools'
        else 'Other community teams'
    end as pathway
from live_referral
where coalesce(age_at_referral, 0) < 18
    and coalesce(team_type, '') not in ('B02', 'E01', 'E02', 'E03', 'E04', 'A14')
