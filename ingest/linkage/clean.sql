-- Cells as text to comparable ones. Names lose case, accents and punctuation; dates may be ISO,
-- COLLECT or UK; postcodes lose their space; numbers that break their own check are as good as none.
create or replace temp macro name_words(text) as nullif(trim(regexp_replace(
    regexp_replace(
        translate(lower(strip_accents(text)), 'łøđıßæœ''’`´', 'lodisao'),
        '[^\p{L}]+', ' ', 'g'),
    '^(mr|mrs|miss|ms|mx|master) ', '')), '');

create or replace temp macro name_key(text) as case
    when name_words(text) in ('unknown', 'not known', 'none', 'null', 'nan', 'tbc', 'not given',
        'x', 'xx', 'xxx', 'n a', 'na', 'unk') then null
    else name_words(text)
end;

-- Two-digit years come first: read with four digits they would be of the first century.
create or replace temp macro day_of(text) as coalesce(
    try_strptime(trim(text), ['%d/%m/%y', '%d-%m-%y', '%d.%m.%y', '%d-%b-%y', '%d %b %y']),
    try_strptime(left(trim(text), 10), ['%Y-%m-%d', '%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y',
        '%Y/%m/%d', '%d %m %Y']),
    try_strptime(left(trim(text), 11), ['%Y-%b-%d', '%d %b %Y', '%d-%b-%Y', '%d/%b/%Y']),
    try_strptime(trim(text), ['%Y%m%d', '%d %B %Y', '%d/%m/%Y %H:%M', '%m/%d/%Y'])
)::date;

-- The first of January 1900 and the like stand for "not known".
create or replace temp macro dob_key(text) as case
    when year(day_of(text)) between 1910 and 2100 then strftime(day_of(text), '%Y-%m-%d')
end;

-- ZZ99 postcodes stand for no fixed abode, abroad or not known (NHS pseudo-postcodes).
create or replace temp macro postcode_form(text) as
    nullif(regexp_replace(upper(text), '[^A-Z0-9]', '', 'g'), '');

create or replace temp macro home_key(text) as case
    when length(postcode_form(text)) between 5 and 8
        and not regexp_matches(postcode_form(text), '^ZZ993[A-Z][A-Z]$') then postcode_form(text)
end;

create or replace temp macro sex_key(text) as case upper(left(trim(text), 1))
    when 'M' then 'M' when '1' then 'M' when 'B' then 'M'
    when 'F' then 'F' when '2' then 'F' when 'G' then 'F' when 'W' then 'F'
end;

create or replace temp macro upn_key(text) as case
    when regexp_full_match(upper(trim(text)), '[A-Z][0-9]{11}[0-9A-Z]') then upper(trim(text))
end;

-- The tenth digit checks the first nine (NHS Data Dictionary, modulus 11).
create or replace temp macro nhs_remainder(digits) as list_sum(list_transform(range(1, 10),
    lambda i: substr(digits, i, 1)::integer * (11 - i))) % 11;

create or replace temp macro nhs_form(text) as
    regexp_extract(regexp_replace(text, '[^0-9]', '', 'g'), '^[0-9]{10}$');

create or replace temp macro nhs_key(text) as case
    when nhs_form(text) <> ''
        and (11 - nhs_remainder(nhs_form(text))) % 11 = substr(nhs_form(text), 10, 1)::integer
    then nhs_form(text)
end;
