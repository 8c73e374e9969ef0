"""What the statutory tables are made from: the futures, money and figures of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.errors import SemhError
from models.outlook import OUTLOOK
from models.principal import PUBLIC
from models.provision_kinds import family_of
from publish.outlook import outlook_table
from publish.snapshot import Snapshot
from scenarios.futures import NO_FUTURES, TABLES, CannotWork, Futures, read_futures

NEEDED = (*TABLES, "money_ahead", "outlook_assumption", "outlook_note", "forecast", "break_even")


@dataclass(frozen=True)
class Ahead:
    """Everything the tables say, as everyone may read it."""

    futures: Futures
    family: np.ndarray
    """Family of provision of each group."""
    money: pd.DataFrame
    assumptions: pd.DataFrame
    notes: pd.DataFrame
    forecast: pd.DataFrame
    schemes: pd.DataFrame
    snapshot: Snapshot

    @property
    def groups(self) -> pd.DataFrame:
        """The groups of the futures, in the order of the arrays."""
        return self.futures.groups

    def january(self, metric_id: str, origin: int) -> float | None:
        """The borough's figure of a measure for the January of a year, as the pages show it."""
        rows = self.snapshot.observations(
            PUBLIC, metric_id, area_kind="borough", breakdown="all"
        )  # fmt: skip
        rows = rows[pd.to_datetime(rows["period_end"]).dt.year == origin]
        rows = rows[pd.to_datetime(rows["period_end"]).dt.month == 1].dropna(subset=["value"])
        return float(rows["value"].iloc[-1]) if len(rows) else None

    def newest(self, metric_id: str, breakdown: str = "all") -> pd.DataFrame:
        """The newest period of a measure for the borough: `category, value, status, period_end`."""
        rows = self.snapshot.observations(
            PUBLIC, metric_id, area_kind="borough", breakdown=breakdown
        )  # fmt: skip
        return rows[rows["period_end"] == rows["period_end"].max()]

    def pounds(self, subject: str, component: str) -> pd.DataFrame:
        """Rows of the money ahead by financial year: `year` and the columns of a range."""
        rows = self.money
        found = rows[(rows["subject"] == subject) & (rows["component"] == component)]
        return found.set_index("year").sort_index()


def read_ahead(snapshot: Snapshot) -> Ahead:
    """Read what everyone may see of the snapshot's futures and money.

    Raises SemhError where nothing is looked ahead in it.
    """
    tables = {name: outlook_table(snapshot, PUBLIC, name) for name in NEEDED if name in OUTLOOK}
    try:
        futures = read_futures(tables)
    except CannotWork as problem:
        raise SemhError(
            f"No statutory table can be made. {_why(tables['outlook_note'], problem)}", NO_FUTURES
        ) from problem
    family = futures.groups["setting"].map(family_of).to_numpy()
    return Ahead(
        futures, family, tables["money_ahead"], tables["outlook_assumption"],
        tables["outlook_note"], tables["forecast"], tables["break_even"], snapshot,
    )  # fmt: skip


def _why(notes: pd.DataFrame, problem: CannotWork) -> str:
    said = notes[notes["part"] == "futures"]["problem"]
    return f"{said.iloc[0]}." if len(said) else problem.problem
