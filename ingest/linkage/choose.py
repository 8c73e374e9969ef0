"""The links that are taken: sure numbers first, then the pairs that are likely enough."""

from __future__ import annotations

import duckdb
import pandas as pd

SURE = "select left_id, right_id, method, 1.0::double as probability from sure_link"

PROBABLE = """
select a.unique_id as left_id, b.unique_id as right_id, 'probabilistic' as method,
    s.chance as probability
from settled s join left_person a on a.rowid = s.l join right_person b on b.rowid = s.r
where s.chance >= {threshold}
    and a.unique_id not in (select left_id from sure_link)
    and b.unique_id not in (select right_id from sure_link)
"""


LEAST, MOST = 0.75, 0.95
"""A pair less likely than the one is never taken, and one as likely as the other always is."""
WRONG = 0.003
"""Share of the links taken that may be expected to be wrong."""


def chosen(con: duckdb.DuckDBPyConnection, threshold: float | None) -> pd.DataFrame:
    """`left_id, right_id, method, probability` in order of the ids; `settled` must be there.

    Without a threshold, pairs are taken from the likeliest down for as long as few of those taken
    can be expected to be wrong: where names are rare that is far down, where they are common not.
    """
    least = few_wrong(con) if threshold is None else threshold
    return con.execute(
        "select left_id, right_id, method, round(probability, 6) as probability from ("
        f"({SURE}) union all ({PROBABLE.format(threshold=least)})"
        ") order by left_id, right_id"
    ).df()


def few_wrong(con: duckdb.DuckDBPyConnection) -> float:
    """The least probability to take so that at most a share WRONG of the links is wrong."""
    (least,) = con.execute(
        "select min(probability) from (select probability, avg(1 - probability) over"
        " (order by probability desc range unbounded preceding) as wrong"
        f" from ({PROBABLE.format(threshold=LEAST)})) where wrong <= {WRONG}"
    ).fetchall()[0]
    return MOST if least is None else min(MOST, float(least))
