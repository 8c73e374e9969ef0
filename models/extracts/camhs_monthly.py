"""A provider's monthly summary: second best, for services that send no MHSDS submission.

It holds no child, so nothing in it can be broken down or linked; measures from it stand apart from
those counted from referrals.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from models.extract import Extract, column

SOURCE = "Monthly summary template of this product; definitions as in the MHSDS measures"
OWNER = "the mental-health provider's information team"


def _number(meaning: str, **rest: Any) -> Any:
    return column(
        meaning, source=SOURCE, minimum=0, maximum=99999,
        action="Give a whole number; 0 where there were none, blank where it is not known.", **rest,
    )  # fmt: skip


class CamhsMonthly(Extract):
    """One row per provider and month: totals only."""

    extract = "camhs_monthly"
    family = "local"
    title = "CAMHS monthly summary"
    owner = OWNER
    recognised_by = ("provider_code", "month", "referrals_received")
    unique = ("provider_code", "month")

    provider_code: str = column(
        "Organisation code of the provider", source=SOURCE, required=True, key=True,
        pattern="[A-Z0-9]{3,6}", action="Give the provider's organisation code.",
    )  # fmt: skip
    provider_name: str | None = column("Name of the provider", source=SOURCE)
    month: date = column(
        "First day of the month", source=SOURCE, required=True, minimum=date(2010, 1, 1),
        past=True, action="Give the first day of the month, for example 2025-03-01.",
    )  # fmt: skip
    referrals_received: int = _number(
        "Referrals of children under 18 received in the month", unit="referrals", required=True
    )
    referrals_accepted: int | None = _number("Of those, accepted so far", unit="referrals")
    referrals_rejected: int | None = _number("Of those, not accepted", unit="referrals")
    open_referrals: int | None = _number(
        "Open at the end of the month, not discharged or rejected", unit="referrals"
    )
    waiting: int | None = _number(
        "Waiting for a first attended contact at the end of the month", unit="referrals"
    )
    waiting_over_18_weeks: int | None = _number(
        "Of those waiting, over 126 days since the referral", unit="referrals"
    )
    seen: int | None = _number("First attended contacts in the month", unit="referrals")
    contacts: int | None = _number("Attended contacts in the month", unit="contacts")
    median_wait_weeks: float | None = column(
        "Median weeks from referral to first attended contact, of those seen in the month",
        source=SOURCE, unit="weeks", minimum=0, maximum=520, action="Give weeks, without text.",
    )  # fmt: skip


MODULES: list[type[Extract]] = [CamhsMonthly]
