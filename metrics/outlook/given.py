"""What the money ahead takes as given, a row an assumption, each with its source."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from metrics.methods.value import GREEN_BOOK
from metrics.outlook.building import LIFE
from metrics.outlook.inflation import PRIORS, Rise
from metrics.outlook.ledger import PRIOR_ALL, PRIOR_LINE, PRIOR_YEARS
from metrics.outlook.prices import CHILDREN, NMSS_PLACE_FUNDING, PROVIDERS, SHARE

_REGISTER = "the borough's commissioning register"
_SECTORS = {"independent": "Independent fees", "state": "State-funded places",
            "services": "Services and transport"}  # fmt: skip


def assumptions(rises: Mapping[str, Rise], years_seen: int, avoidable: Mapping[str, float],
                grant: str) -> pd.DataFrame:  # fmt: skip
    """Rows of table `outlook_assumption` for part `money`."""
    rows = [
        *[_rise(sector, rise) for sector, rise in rises.items()],
        *_FIXED,
        ("This year's outturn", f"the record of {years_seen} earlier years, and a prior of"
         f" {PRIOR_ALL:.0%} (all lines) and {PRIOR_LINE:.0%} (a line) at the start of a year, worth"
         f" {PRIOR_YEARS:g} years", "budget lines by month; the prior is an assumption"),
        ("The grant in later years", grant, "balances of the dedicated schools grant"),
        *[("Places away that a local place would have met" + _of(need), f"{share:.0%}",
           f"{_REGISTER}: no local place, or local places full") for need, share in
          avoidable.items()],
    ]  # fmt: skip
    return pd.DataFrame(
        [("money", seq, *row) for seq, row in enumerate(rows, start=1)],
        columns=["part", "seq", "what", "value", "source"],
    )


def _of(need: str) -> str:
    return ", SEMH" if need == "SEMH" else ", other needs"


def _rise(sector: str, rise: Rise) -> tuple[str, str, str]:
    prior = PRIORS[sector]
    seen = f"{rise.seen} yearly rises of the same places here, and " if rise.seen else ""
    return (
        f"{_SECTORS[sector]}: rise in price",
        f"{rise.mean:.1%} a year, give or take {1.96 * rise.mean_sd:.1%} in the long run and"
        f" {1.96 * rise.year_sd:.1%} in one year",
        f"{seen}a prior of {prior.mean:.1%}: {prior.source}",
    )


_FIXED = (
    ("Financial years", "the mean of January counts, children changing evenly from one January to"
     " the next (counts taken to be of 16 January)", "an assumption"),
    ("Prices shown", f"at least {CHILDREN} children and {PROVIDERS} providers, none with more than"
     f" {SHARE:.0%} of the sum; else those of the nearest kind of place", "the rule for prices"),
    ("Place funding of a non-maintained special school", f"£{NMSS_PLACE_FUNDING:,.0f} a place,"
     " outside its fee", "DfE, high needs funding: operational guide"),
    ("Cost of a local place", "what the register holds, which is taken to have place funding in it",
     _REGISTER),
    ("Plans in mainstream schools and colleges", "what is left of lines 1.0.2, 1.2.1 and 1.2.2"
     " after the register's state-funded places, alike for each plan", "budget lines"),
    ("Services and administration", "follow the number of plans", "an assumption"),
    ("SEN transport", "follows the children in places with transport, at the register's cost of"
     " each kind", _REGISTER),
    ("Discounting", "3.5 % a year, real", f"{GREEN_BOOK.source}, {GREEN_BOOK.dated:%B %Y}"),
    ("Children already away", "stay where they are; only new ones are placed in a new local"
     " place, as many a year as are new away in a year now", _REGISTER),
    ("Life of a building", f"{LIFE} years from the first financial year", "an assumption"),
)  # fmt: skip
