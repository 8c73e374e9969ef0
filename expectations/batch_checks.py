"""What is expected of the data as a whole, beyond what a row's own contract can tell.

Each check is a query that yields a small frame, one row per thing checked with a `figure`, and the
range `figure` should lie in. Severity *hold* means that figures should not be published until
someone has looked; *warn* rides along.
"""

from __future__ import annotations

from dataclasses import dataclass

SEND_TEAM = "the SEND team, who hold the SEN2 return"
DATA_TEAM = "the council's data team"
COMMISSIONERS = "the SEND commissioning team"
HOLD, WARN = "hold", "warn"


@dataclass(frozen=True)
class Check:
    """One expectation: which extract, what in words, the frame, the range, and what to do."""

    extract: str
    label: str
    severity: str
    unit: str
    """What a failing row of the frame is."""
    action: str
    owner: str
    sql: str
    """Over the warehouse; columns `item` (what the row is about) and `figure`."""
    lowest: float | None = None
    highest: float | None = None


VOLUME = Check(
    "sc_pupilonroll",
    "Pupils on roll within 10% of the same term a year before",
    HOLD,
    "censuses",
    "Look for schools that did not return, or returned twice; load the census again when whole.",
    DATA_TEAM,
    """
    with rolls as (
        select census_date, term, year(census_date) as census_year, count(*) as pupils
        from live_pupil_census where on_roll group by census_date, term
    )
    select n.census_date::varchar as item, n.pupils::double / b.pupils as figure
    from rolls n join rolls b on b.term = n.term and b.census_year = n.census_year - 1
    """,
    0.9,
    1.1,
)

SEMH_SHARE = Check(
    "sc_senneeds",
    "SEMH is the primary need of 5% to 45% of pupils with a need recorded",
    HOLD,
    "spring censuses",
    "Check how the management information system exports the type of need and its rank.",
    DATA_TEAM,
    """
    select census_date::varchar as item,
        count(*) filter (where need = 'SEMH') * 100.0 / count(*) as figure
    from live_sen_need where rank = 1 and origin = 'school_census' group by census_date
    """,
    5,
    45,
)

ONE_MAIN_SCHOOL = Check(
    "sc_pupilonroll",
    "A pupil has one single or main registration on census day",
    WARN,
    "censuses with more than 0.5% of pupils registered twice",
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
    "sc_schoolcensus",
    "Nine in ten schools that owe a census return sent it",
    WARN,
    "censuses",
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
    "sen2_namedplan",
    "No EHC plan ends before it starts",
    WARN,
    "plans",
    "Correct the start or cease date in the SEN case system.",
    SEND_TEAM,
    """
    select plan_id as item, 1.0 as figure from live_ehc_plan where cease_date < start_date
    """,
    None,
    0,
)

DECIDED_BEFORE_ASKED = Check(
    "sen2_requests",
    "No request is decided before it is received",
    WARN,
    "requests",
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
    "sen2_activeplans",
    "Plans in force change by no more than 40% from one return to the next",
    HOLD,
    "returns",
    "Check that the return is whole and is not loaded under the wrong year.",
    SEND_TEAM,
    """
    with plans as (
        select snapshot_date, count(*)::double as in_force from live_ehc_plan
        where cease_date is null or cease_date > snapshot_date group by snapshot_date
    )
    select snapshot_date::varchar as item,
        in_force / lag(in_force) over (order by snapshot_date) as figure
    from plans qualify figure is not null
    """,
    0.6,
    1.4,
)

PLACES_PAID_FOR = Check(
    "commissioning_register",
    "A placement's weekly education cost is between 50 and 8,000 pounds",
    WARN,
    "placements",
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
    "mhs101",
    "Referrals in a whole month are no more than three times the month before, nor under a third",
    WARN,
    "months",
    "Ask the provider whether the submission of that month is whole.",
    "the mental-health provider's information team",
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

CHECKS = (
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
"""Every check, in the order people read them."""
