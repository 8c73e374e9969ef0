-- One row per wait for a specialist place: since when, until when, and what for.
select wait_id, person_id, asked_date, placed_date, withdrawn_date, wanted_provision_id,
    case
        when primary_need = 'SEMH' then 'Social, emotional and mental health'
        when primary_need is null then 'Not known'
        else 'Other needs'
    end as need,
    case wanted_establishment
        when 'special' then 'State-funded special school'
        when 'independent_special' then 'Independent special school'
        when 'nmss' then 'Non-maintained special school'
        when 'sen_unit' then 'SEN unit' when 'resourced_provision' then 'Resourced provision'
        when 'alternative_provision' then 'Alternative provision'
        else 'Other or not known'
    end as wanted,
    case meanwhile
        when 'MAI' then 'Mainstream, full time' when 'MPT' then 'Mainstream, part time'
        when 'SPE' then 'Another special school or unit' when 'APR' then 'Alternative provision'
        when 'TUI' then 'Tuition or other arrangement' when 'EHE' then 'Home educated'
        when 'NON' then 'No education' else 'Not known'
    end as meanwhile
from live_place_wait
