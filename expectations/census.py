"""School census: ages, codes that went out of use, and rows that other tables don't know."""

from __future__ import annotations

from expectations.check import DATA_TEAM, WARN, Check, faults

PUPILS = ("pupil_census",)

AGE_FOR_YEAR = faults(
    "age-for-year-group",
    "sc_pupilonroll",
    "A pupil's age fits the year group, within one year",
    "pupils",
    PUPILS,
    "Check date of birth and national curriculum year in the management information system.",
    DATA_TEAM,
    "person_id",
    """(
        select distinct c.person_id from live_pupil_census c join person p using (person_id)
        where c.on_roll and try_cast(c.year_group as integer) between 1 and 14
            and c.census_date = (select max(census_date) from live_pupil_census)
            and abs(date_diff('month', p.birth_month, make_date(year(c.census_date)
                - case when month(c.census_date) >= 9 then 0 else 1 end, 9, 1)) / 12.0
                - (4.5 + try_cast(c.year_group as integer))) > 1.6
    )""",
)

NO_YEAR_GROUP = faults(
    "year-group-missing",
    "sc_pupilonroll",
    "A pupil of school age has a national curriculum year",
    "pupils",
    PUPILS,
    "Enter the national curriculum year; X only where none can be given.",
    DATA_TEAM,
    "person_id",
    """(
        select distinct person_id from live_pupil_census
        where on_roll and year_group is null
            and census_date = (select max(census_date) from live_pupil_census)
    )""",
)

IN_ONE_CENSUS_TWICE = faults(
    "pupil-twice-in-one-school",
    "sc_pupilonroll",
    "A pupil is once in one school's census",
    "pupils",
    PUPILS,
    "Remove the second registration, or correct whichever UPN is wrong.",
    DATA_TEAM,
    "person_id",
    """(
        select person_id from live_pupil_census where on_roll
        group by census_date, urn, person_id having count(*) > 1
    )""",
)

SCHOOL_UNKNOWN = faults(
    "census-school-unknown",
    "sc_schoolcensus",
    "Every school of a census is in the school register",
    "schools",
    ("pupil_census", "census_return"),
    "Add the school to the register, or correct the number it returned under.",
    DATA_TEAM,
    "urn",
    """(
        select distinct urn from live_census_return
        where urn not in (select urn from school where urn is not null)
            and exists (select 1 from school)
    )""",
)

WITHOUT_PERSON = faults(
    "rows-without-person",
    "sc_pupilonroll",
    "Every attendance and suspension row is of a pupil who is known",
    "pupils",
    ("attendance", "suspension"),
    "Load the pupil files of the same census again with these tables.",
    DATA_TEAM,
    "person_id",
    """(
        select person_id from live_attendance union select person_id from live_suspension
        except select person_id from person
    )""",
)

CODES_GONE = Check(
    "codes-out-of-use",
    "sc_pupilonroll",
    "A code that a hundredth of pupils had a year before is still in use",
    WARN,
    "codes",
    ("pupil_census", "sen_need"),
    "Ask whether a code list changed or the export left it out.",
    DATA_TEAM,
    """
    with used as (
        select census_date, unnest([
            ('SEN provision ' || sen_provision), ('need ' || primary_need),
            ('enrolment ' || enrol_status), ('ethnic group ' || ethnic_group)]) as code
        from live_pupil_census where on_roll
    ), counted as (
        select code, census_date, count(*) as n from used where code is not null group by all
    ), days as (
        select max(census_date) as now,
            max(census_date) filter (where census_date < (select max(census_date)
                from live_pupil_census) - interval 300 day) as before
        from live_pupil_census
    )
    select b.code as item, coalesce(n.n, 0) as figure
    from days d join counted b on b.census_date = d.before
    left join counted n on n.code = b.code and n.census_date = d.now
    where b.n >= greatest(30, (select count(*) from live_pupil_census
        where on_roll and census_date = d.before) / 100)
    """,
    1,
    None,
)

CENSUS = (
    AGE_FOR_YEAR, NO_YEAR_GROUP, IN_ONE_CENSUS_TWICE, SCHOOL_UNKNOWN, WITHOUT_PERSON, CODES_GONE,
)  # fmt: skip
