"""Published futures as arrays: children by future, January and group, and those who join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from models.errors import SemhError

Floats = npt.NDArray[np.float64]
TABLES = ("future_group", "future", "future_joined", "future_kernel")
NO_FUTURES = "load what is missing, then run semh measure and semh publish"


class CannotWork(SemhError):
    """No scenario can be worked out from these tables or with these levers."""


@dataclass(frozen=True)
class Futures:
    """The same simulated futures, seen as arrays.

    `groups` has a row a group: `group_id, need, phase, setting, in_borough, base, unit_cost`;
    `cells` a row a kind of child who joins: `need, phase`.
    """

    years: tuple[int, ...]
    """The Januaries projected, one after the other."""
    groups: pd.DataFrame
    cells: pd.DataFrame
    children: Floats
    """Children by future, January and group."""
    joined: Floats
    """Children newly with a plan by future, January they are first counted, and cell."""
    kernel: Floats
    """Expected share of a cell's children in each group by Januaries since: cell, lag, group."""

    @property
    def origin(self) -> int:
        """The January the futures start from."""
        return self.years[0] - 1

    @property
    def draws(self) -> int:
        """How many futures there are."""
        return int(self.children.shape[0])

    def of_need(self, need: str) -> npt.NDArray[np.bool_]:
        """Which groups are of a need; `all` is every one."""
        return np.array([need in ("all", one) for one in self.groups["need"]], dtype=bool)

    @property
    def away(self) -> npt.NDArray[np.bool_]:
        """Which groups are educated outside the borough."""
        return ~self.groups["in_borough"].to_numpy(dtype=bool)


def read_futures(tables: Mapping[str, pd.DataFrame]) -> Futures:
    """The tables of `models.outlook` named in TABLES as arrays.

    Draws of groups that the reader may not see are left out. Raises CannotWork where a table is
    empty, a January is missing, or draws are not the same in all.
    """
    empty = [name for name in TABLES if tables[name].empty]
    if empty:
        raise CannotWork(f"Nothing is looked ahead: {', '.join(empty)} has no rows.", NO_FUTURES)
    groups = tables["future_group"].sort_values("group_id").reset_index(drop=True)
    rows = tables["future"]
    rows = rows[rows["group_id"].isin(groups["group_id"])]
    years, draws = _years(rows), np.sort(rows["draw"].unique())
    cells = _cells(tables["future_joined"])
    index = pd.MultiIndex.from_frame(cells)
    joined = tables["future_joined"]
    return Futures(
        years, groups, cells,
        _dense(rows, draws, years, groups["group_id"].to_numpy(), rows["group_id"].to_numpy()),
        _dense(joined, draws, years, np.arange(len(cells)), _codes(index, joined)),
        _kernel(tables["future_kernel"], index, groups["group_id"].to_numpy(), len(years)),
    )  # fmt: skip


def _years(rows: pd.DataFrame) -> tuple[int, ...]:
    seen = sorted(int(year) for year in rows["year"].unique())
    missing = sorted(set(range(seen[0], seen[-1] + 1)) - set(seen))
    if missing:
        raise CannotWork(f"The futures have no January {missing[0]}.", NO_FUTURES)
    return tuple(seen)


def _cells(joined: pd.DataFrame) -> pd.DataFrame:
    cells = joined[["need", "phase"]].drop_duplicates()
    return cells.sort_values(["need", "phase"]).reset_index(drop=True)


def _codes(index: pd.MultiIndex, rows: pd.DataFrame) -> npt.NDArray[np.intp]:
    return index.get_indexer(pd.MultiIndex.from_frame(rows[["need", "phase"]]))


def _dense(
    rows: pd.DataFrame,
    draws: npt.NDArray[np.int64],
    years: tuple[int, ...],
    wanted: npt.NDArray[np.int64],
    found: npt.NDArray[np.int64] | npt.NDArray[np.intp],
) -> Floats:
    """Rows as an array by draw, year and last key; what has no row is no child."""
    out = np.zeros((len(draws), len(years), len(wanted)))
    seen = rows["draw"].to_numpy()
    if not np.isin(seen, draws).all():
        raise CannotWork("The futures of those who join are not the same futures.", NO_FUTURES)
    year = rows["year"].to_numpy(dtype=np.int64) - years[0]
    kept = (year >= 0) & (year < len(years))
    at = np.searchsorted(draws, seen)[kept], year[kept], np.searchsorted(wanted, found)[kept]
    np.add.at(out, at, rows["children"].to_numpy(dtype=float)[kept])
    return out


def _kernel(
    rows: pd.DataFrame, index: pd.MultiIndex, groups: npt.NDArray[np.int64], lags: int
) -> Floats:
    out = np.zeros((len(index), lags, len(groups)))
    cell, lag = _codes(index, rows), rows["lag"].to_numpy(dtype=np.int64)
    kept = (cell >= 0) & (lag < lags) & rows["group_id"].isin(groups).to_numpy()
    group = np.searchsorted(groups, rows["group_id"].to_numpy()[kept])
    np.add.at(out, (cell[kept], lag[kept], group), rows["share"].to_numpy(dtype=float)[kept])
    return out
