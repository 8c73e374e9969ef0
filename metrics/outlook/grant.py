"""The dedicated schools grant ahead: what comes in, what places cost of it, and the balance."""

from __future__ import annotations

import duckdb
import numpy as np

from metrics.outlook.inflation import Prior, believe
from metrics.outlook.money_rows import RowsAhead

GRANT = Prior(0.03, 0.02, 0.02, 4.0, "an assumption: no later allocation is published")
SEED = 20_260_402
_BALANCE = """
select financial_year::integer, high_needs_allocation::double, carried_forward::double
from live_dsg_balance where high_needs_allocation is not null order by financial_year
"""


def grant_ahead(
    rows: RowsAhead, con: duckdb.DuckDBPyConnection, first: int, spending: np.ndarray
) -> str:
    """Rows of subject `grant`; says how the allocation is taken to grow.

    `spending`: pounds of the high-needs block by future and financial year from `first`. The other
    blocks are taken to spend what they are given. None where the balance of the year before
    `first` is not loaded.
    """
    rows.by_year("grant", "spending", first, spending)
    past = con.execute(_BALANCE).fetchall()
    if not past or past[-1][0] != first - 1:
        return "not known: the balance of the year before is not loaded"
    given = np.array([row[1] for row in past])
    rise = believe(np.diff(np.log(given)), GRANT)
    draws, years = spending.shape
    path = rise.paths(draws, years + 1, np.random.default_rng(SEED))
    income = given[-1] * path[:, 1:]
    rows.by_year("grant", "allocation", first, income)
    rows.by_year("grant", "in_year", first, income - spending)
    rows.by_year("grant", "balance", first, past[-1][2] + np.cumsum(income - spending, axis=1))
    return (
        f"the high-needs block grows by {rise.mean:.1%} a year, give or take"
        f" {1.96 * rise.mean_sd:.1%} in the long run ({rise.seen} rises seen, and a prior of"
        f" {GRANT.mean:.0%}); other blocks spend what they are given"
    )
