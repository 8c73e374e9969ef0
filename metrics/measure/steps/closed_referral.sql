-- One row per accepted referral of a child under 18 that has been closed, with the days of the first
-- and second attended contact, and the main reason for the referral in a few groups.
select r.referral_id, r.person_id, r.discharge_date, r.lsoa, r.age_at_referral, r.team_type,
    case r.sex when 'M' then 'Male' when 'F' then 'Female' else 'Not known' end as sex,
    case
        when r.reason = '04' then 'Depression' when r.reason = '05' then 'Anxiety'
        when r.reason in ('15', '18') then 'Self-harm or crisis'
        when r.reason = '16' then 'Conduct'
        when r.reason in ('24', '25', '26') then 'Neurodevelopmental'
        when r.reason in ('11', '21') then 'Trauma or attachment'
        when r.reason = '12' then 'Eating disorder'
        when r.reason is null then 'Not known' else 'Other'
    end as reason,
    min(case when c.place = 1 then c.contact_date end) as first_contact_date,
    min(case when c.place = 2 then c.contact_date end) as second_contact_date
from camhs_referral r
left join (
    select referral_id, contact_date,
        row_number() over (partition by referral_id order by contact_date, contact_id) as place
    from live_contact
    where attended in ('5', '6')
) c on c.referral_id = r.referral_id and c.place <= 2
where r.discharge_date is not null and r.rejection_date is null
group by r.referral_id, r.person_id, r.discharge_date, r.lsoa, r.age_at_referral, r.team_type,
    r.sex, r.reason
