"""Moves as the warehouse had them when a January's return was first loaded."""

from __future__ import annotations

from datetime import date

import duckdb
import pandas as pd

from metrics.outlook.moves import Moves, read_moves
from models.errors import SemhError
from models.history import as_known_on

_REVISED = """
select count(*) from load old join load new on new.load_id = old.superseded_by
where new.loaded_at::date > old.loaded_at::date
    and old.load_id in (select load_id from ehc_plan union select load_id from placement)
"""
_FIRST_DAY = """
select min(l.loaded_at)::date from load l
where l.load_id in (
    select load_id from placement where extract(year from snapshot_date) = ?
)
"""


def moves_known_at(con: duckdb.DuckDBPyConnection, newest: Moves, origin: int) -> pd.DataFrame:
    """The moves to a January as known when its return was first loaded, named as `newest` are.

    Where no return was ever corrected on a later day, what is known now is what was known then;
    where rows of that time have been removed, what is known now has to do.
    """
    if not con.execute(_REVISED).fetchall()[0][0]:
        return newest.frame[newest.frame["calendar-year"] <= origin]
    day: date = con.execute(_FIRST_DAY, [origin]).fetchall()[0][0]
    try:
        as_known_on(con, day)
        return read_moves(con, origin, newest).frame
    except SemhError:
        return newest.frame[newest.frame["calendar-year"] <= origin]
    finally:
        as_known_on(con, None)
