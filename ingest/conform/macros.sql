-- Ethnic groups in words, from the four-letter codes of the DfE.
create or replace temp macro ethnic_group(code) as case
    when code in ('WBRI', 'WENG', 'WSCO', 'WWEL', 'WNIR', 'WCOR', 'WOWB') then 'White British'
    when code in ('REFU', 'NOBT') then null
    when left(code, 1) = 'W' then 'White other'
    when left(code, 1) = 'M' then 'Mixed'
    when left(code, 1) = 'A' then 'Asian'
    when left(code, 1) = 'B' then 'Black'
    when left(code, 1) = 'C' then 'Chinese'
    when left(code, 1) = 'O' then 'Other'
end;

-- The same, from the single letters of the NHS data dictionary.
create or replace temp macro nhs_ethnic_group(code) as case
    when code = 'A' then 'White British'
    when code in ('B', 'C') then 'White other'
    when code in ('D', 'E', 'F', 'G') then 'Mixed'
    when code in ('H', 'J', 'K', 'L') then 'Asian'
    when code in ('M', 'N', 'P') then 'Black'
    when code = 'R' then 'Chinese'
    when code = 'S' then 'Other'
end;

create or replace temp macro postcode_key(postcode) as upper(replace(postcode, ' ', ''));

-- People seen in this load: the newest and surest row wins, field by field (see people.sql).
create or replace temp table person_seen (
    person_id varchar, seen date, surety integer, birth_month date, sex varchar,
    ethnic_group varchar, home_lsoa varchar
);
