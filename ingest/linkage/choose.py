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
WRONG, AT_MOST = 0.003, 0.0047
"""Share of the links taken that may be expected to be wrong; and where few are found, at most."""
FEW = 0.975
"""Of the matches there seem to be, a share found that is few."""


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
    """The least probability to take so that at most a share WRONG of the links is wrong.

    Where less than FEW of the matches would be found so, it may be a share of AT_MOST.
    """
    (least,) = con.execute(
        f"with pair as ({PROBABLE.format(threshold=LEAST)}), taken as ("
        " select probability, avg(1 - probability) over likeliest as wrong,"
        " sum(probability) over likeliest / (select sum(chance) from settled) as found from pair"
        " window likeliest as (order by probability desc range unbounded preceding))"
        f" select min(probability) from taken where wrong <= {WRONG}"
        f" or wrong <= {AT_MOST} and found < {FEW}"
    ).fetchall()[0]
    return MOST if least is None else min(MOST, float(least))
