"""Volumes, shares and dates: what a batch as a whole should look like beside the last one."""

from __future__ import annotations

from expectations.check import COMMISSIONERS, DATA_TEAM, HOLD, PROVIDER, SEND_TEAM, WARN, Check

VOLUME = Check(
    "census-volume",
    "sc_pupilonroll",
    "Pupils on roll within 10% of the same term a year before, or within one school of it",
    HOLD,
    "censuses",
    ("pupil_census", "attendance", "suspension"),
    "Look for schools that did not return, or returned twice; load the census again when whole.",
    DATA_TEAM,
    """
    with roll as (
        select census_date, term, year(census_date) as census_year, urn, count(*)::double as pupils
        from live_pupil_census where on_roll group by census_date, term, urn
    ), rolls as (
        select census_date, term, census_year, sum(pupils) as pupils, max(pupils) as largest
        from roll group by census_date, term, census_year
    )
    select n.census_date::varchar as item,
        abs(n.pupils - b.pupils) - greatest(0.1 * b.pupils, 1.1 * b.largest) as figure
    from rolls n join rolls b on b.term = n.term and b.census_year = n.census_year - 1
    """,
    None,
    0,
)
"""One school that sent nothing is named by its own check; in a small borough it is over 10%."""

SEMH_SHARE = Check(
    "semh-share",
    "sc_senneeds",
    "SEMH is the primary need of 5% to 45% of pupils with a need recorded",
    HOLD,
    "spring censuses",
    ("sen_need", "pupil_census"),
    "Check how the management information system exports the type of need and its rank.",
    DATA_TEAM,
    """
    select census_date::varchar as item,
        count(*) filter (where need = 'SEMH') * 100.0 / count(*) as figure
    from live_sen_need where rank = 1 and origin = 'school_census' group by census_date
    having count(*) >= 50
    """,
    5,
    45,
)

ONE_MAIN_SCHOOL = Check(
    "one-main-school",
    "sc_pupilonroll",
    "A pupil has one single or main registration on census day",
    WARN,
    "censuses with more than 0.5% of pupils registered twice",
    ("pupil_census",),
    "Ask the schools which registration ended; both count until one is corrected.",
    DATA_TEAM,
    """
    select census_date::varchar as item, count(*) filter (where places > 1) * 100.0 / count(*)
        as figure
    from (
        select census_date, person_id, count(*) as places from live_pupil_census
        where on_roll and enrol_status in ('C', 'M') group by census_date, person_id
    ) registrations group by census_date
    """,
    None,
    0.5,
)

RETURNED = Check(
    "census-returned",
    "sc_schoolcensus",
    "Nine in ten schools that owe a census return sent it",
    WARN,
    "censuses",
    ("pupil_census", "census_return", "attendance", "suspension"),
    "Ask the schools that sent nothing; until then they are shown as not returned, never as zero.",
    DATA_TEAM,
    """
    select c.census_date::varchar as item, count(distinct r.urn) * 100.0 / count(*) as figure
    from (select distinct census_date from live_census_return) c
    join school s on s.expects_census
        and coalesce(s.open_date, c.census_date) <= c.census_date
        and coalesce(s.close_date, c.census_date) >= c.census_date
    left join live_census_return r on r.census_date = c.census_date and r.urn = s.urn
    group by c.census_date
    """,
    90,
    None,
)

CEASED_BEFORE_START = Check(
    "plan-ends-before-start",
    "sen2_namedplan",
    "No EHC plan ends before it starts",
    WARN,
    "plans",
    ("ehc_plan",),
    "Correct the start or cease date in the SEN case system.",
    SEND_TEAM,
    """
    select plan_id as item, 1.0 as figure from live_ehc_plan where cease_date < start_date
    """,
    None,
    0,
)

DECIDED_BEFORE_ASKED = Check(
    "decided-before-asked",
    "sen2_requests",
    "No request is decided before it is received",
    WARN,
    "requests",
    ("ehc_request",),
    "Correct the received or outcome date in the SEN case system.",
    SEND_TEAM,
    """
    select request_id as item, 1.0 as figure from live_ehc_request
    where outcome_date < received_date
    """,
    None,
    0,
)

PLANS_STEADY = Check(
    "plans-steady",
    "sen2_activeplans",
    "Plans in force change by no more than 40% from one return to the next",
    HOLD,
    "returns",
    ("ehc_plan", "placement"),
    "Check that the return is whole and is not loaded under the wrong year.",
    SEND_TEAM,
    """
    with plans as (
        select snapshot_date, count(*)::double as in_force from live_ehc_plan
        where cease_date is null or cease_date > snapshot_date group by snapshot_date
    )
    select snapshot_date::varchar as item,
        in_force / lag(in_force) over (order by snapshot_date) as figure
    from plans qualify lag(in_force) over (order by snapshot_date) >= 30
    """,
    0.6,
    1.4,
)

PLACES_PAID_FOR = Check(
    "placement-price",
    "commissioning_register",
    "A placement's weekly education cost is between 50 and 8,000 pounds",
    WARN,
    "placements",
    ("placement_cost",),
    "Check for a yearly amount in a weekly column, or a price that was left out.",
    COMMISSIONERS,
    """
    select placement_id as item, weekly_education::double as figure
    from live_placement_cost where weekly_education is not null
    """,
    50,
    8000,
)

REFERRALS_STEADY = Check(
    "referrals-steady",
    "mhs101",
    "Referrals in a whole month are no more than three times the month before, nor under a third",
    WARN,
    "months",
    ("referral", "contact"),
    "Ask the provider whether the submission of that month is whole.",
    PROVIDER,
    """
    with months as (
        select date_trunc('month', received_date) as month, count(*)::double as referrals
        from live_referral group by 1
    )
    select month::varchar as item, referrals / lag(referrals) over (order by month) as figure
    from months qualify figure is not null
        and month < (select max(month) from months) and lag(referrals) over (order by month) >= 20
    """,
    0.33,
    3,
)

VOLUMES = (
    VOLUME,
    SEMH_SHARE,
    ONE_MAIN_SCHOOL,
    RETURNED,
    CEASED_BEFORE_START,
    DECIDED_BEFORE_ASKED,
    PLANS_STEADY,
    PLACES_PAID_FOR,
    REFERRALS_STEADY,
)
