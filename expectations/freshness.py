"""How old the newest row of each source may be before someone is asked for the next."""

from __future__ import annotations

from expectations.check import COMMISSIONERS, DATA_TEAM, PROVIDER, SEND_TEAM, WARN, Check


def _fresh(
    extract: str, what: str, days: int, facts: tuple[str, ...], newest: str, owner: str
) -> Check:
    """The newest day of a source lies no more than so many days before the load."""
    return Check(
        f"{extract.replace('_', '-')}-fresh",
        extract,
        f"{what}: the newest is no more than {days} days old",
        WARN,
        "sources out of date",
        facts,
        "Ask for the next one; until then the figures end where the last one did.",
        owner,
        "select 'newest' as item, date_diff('day', newest, getvariable('checked_on')::date)"
        f" as figure from ({newest}) where newest is not null",
        None,
        days,
    )


FRESHNESS = (
    _fresh("sc_pupilonroll", "School census", 250, ("pupil_census", "attendance", "suspension"),
           "select max(census_date) as newest from live_pupil_census", DATA_TEAM),
    _fresh("sen2_sen2", "SEN2 return", 430,
           ("ehc_request", "ehc_assessment", "ehc_plan", "placement"),
           "select max(snapshot_date) as newest from live_ehc_plan", SEND_TEAM),
    _fresh("mhs101", "Mental health referrals", 120, ("referral", "contact", "outcome_score"),
           "select max(received_date) as newest from live_referral", PROVIDER),
    _fresh("commissioning_register", "Placements that were priced", 400, ("placement_cost",),
           "select max(start_date) as newest from live_placement_cost", COMMISSIONERS),
)  # fmt: skip
