"""Money: Section 251 and high-needs budget lines by month of forecast, and the DSG balance."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from models.extract import Extract
from models.extracts._local import day, field, number, words

SOURCE = "DfE Section 251 guidance, high-needs lines; local budget monitoring"
OWNER = "the council's finance team"
LINE = {
    "1.0.2": "High-needs place funding",
    "1.2.1": "Top-up funding, maintained schools",
    "1.2.2": "Top-up funding, academies, free schools and colleges",
    "1.2.3": "Top-up and other funding, non-maintained and independent providers",
    "1.2.4": "Additional high-needs targeted funding",
    "1.2.5": "SEN support services",
    "1.2.6": "Hospital education services",
    "1.2.7": "Other alternative provision services",
    "1.2.8": "Support for inclusion",
    "1.2.9": "Special schools and PRUs in financial difficulty",
    "1.2.10": "PFI and BSF costs at special schools and PRUs",
    "1.2.11": "Direct payments",
    "1.2.13": "Therapies and other health-related services",
    "SEN transport": "Home-to-school transport for pupils with SEN",
    "SEN administration": "SEN administration, assessment and coordination",
}
"""Section 251 line codes; transport and administration stand outside line 1.2."""
PART = words(
    "all", "independent day", "independent residential", "non-maintained special", "post-16"
)
"""Parts of a line that finance keeps apart; `all` where it keeps none."""
BILLION = 1_000_000_000
YEAR = "20[0-9]{2}-[0-9]{2}"


def _amount(meaning: str, **rest: Any) -> Any:
    """Pounds; a credit or a deficit is negative."""
    return field(
        meaning, source=SOURCE, unit="pounds", minimum=-BILLION, maximum=BILLION,
        action="Give whole pounds or pounds and pence, without commas or text.", **rest,
    )  # fmt: skip


class BudgetLine(Extract):
    """One row per line, part of it, financial year and month of forecast, whole year in pounds.

    Each file is every month so far of every year kept: it replaces the one before.
    """

    extract = "budget_lines"
    family = "finance"
    title = "Section 251 and high-needs budget lines"
    owner = OWNER
    recognised_by = ("line", "part", "financial_year", "forecast_outturn")
    unique = ("line", "part", "financial_year", "forecast_month")

    line: str = field("Line", source=SOURCE, codes=LINE, required=True)
    part: str = field("Part of the line", source=SOURCE, codes=PART, required=True)
    financial_year: str = field(
        "Financial year, such as 2025-26", source=SOURCE, required=True, pattern=YEAR
    )
    forecast_month: date = day(
        "First day of the month at whose end the forecast was made", required=True, past=True
    )
    budget: Decimal = _amount("Budget for the year", required=True)
    forecast_outturn: Decimal = _amount("Spending expected by the year's end", required=True)
    actual_to_date: Decimal | None = _amount("Spent by the end of the month")
    budget_places: float | None = number("Places the budget pays for", "full-year places", 10_000)
    forecast_places: float | None = number("Places expected", "full-year places", 10_000)


class DsgBalance(Extract):
    """One row per financial year: the dedicated schools grant and what is carried forward."""

    extract = "dsg_balance"
    family = "finance"
    title = "Dedicated schools grant balance"
    owner = OWNER
    recognised_by = ("financial_year", "brought_forward", "allocation", "carried_forward")
    unique = ("financial_year",)

    financial_year: str = field(
        "Financial year, such as 2025-26", source=SOURCE, required=True, key=True, pattern=YEAR
    )
    brought_forward: Decimal = _amount("Brought forward (1.9.2); a deficit is negative",
                                       required=True)  # fmt: skip
    allocation: Decimal = _amount("Grant of the year (1.9.1)", required=True)
    high_needs_allocation: Decimal | None = _amount("Of it, the high-needs block")
    carried_forward: Decimal = _amount("Carried forward (1.9.3); a deficit is negative",
                                       required=True)  # fmt: skip


MODULES: list[type[Extract]] = [BudgetLine, DsgBalance]
