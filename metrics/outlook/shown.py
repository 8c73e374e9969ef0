"""Which groups of children may be told of by themselves, so that none is of fewer than ten."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.outlook.moves import FLOOR
from models.observation import Tier

ALL, OTHER = "all", "OTH"
KEYS = ["designation", "phase", "locality"]


@dataclass(frozen=True)
class Group:
    """Cells told of together; `all` in a part of its name is not split by it."""

    designation: str
    phase: str
    locality: str
    cells: np.ndarray
    now: int

    @property
    def tier(self) -> str:
        """Open for the whole borough; a locality is for partners."""
        return str((Tier.OPEN if self.locality == ALL else Tier.PARTNER).value)

    @property
    def name(self) -> dict[str, str]:
        """Its name as columns."""
        return {"designation": self.designation, "phase": self.phase, "locality": self.locality}


def joined(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with designations of too few children joined as `OTH`."""
    now = cells.groupby("designation")["now"].transform("sum")
    return cells.assign(designation=cells["designation"].where(now >= FLOOR, OTHER))


def groups(cells: pd.DataFrame) -> list[Group]:
    """The groups that may be told of.

    A designation is split by phase, by locality or by both only where every part has ten children
    now, so that no part can be worked out from the others. `cells` has KEYS and `now`.
    """
    out: list[Group] = []
    for name, part in cells.groupby("designation", sort=True):
        if part["now"].sum() < FLOOR:
            continue
        for split in ([], ["phase"], ["locality"], ["phase", "locality"]):
            out += _split(str(name), part, split)
    return out


def _split(name: str, part: pd.DataFrame, split: list[str]) -> list[Group]:
    if not split:
        return [Group(name, ALL, ALL, part.index.to_numpy(), int(part["now"].sum()))]
    known = part.groupby(split)["now"].sum()
    if len(known) < 2 or (known < FLOOR).any():
        return []
    return [
        Group(name, _part(rows, "phase", split), _part(rows, "locality", split),
              rows.index.to_numpy(), int(rows["now"].sum()))
        for _, rows in part.groupby(split)
    ]  # fmt: skip


def _part(rows: pd.DataFrame, key: str, split: list[str]) -> str:
    return str(rows[key].iloc[0]) if key in split else ALL
