"""Where children will be: by need, phase and setting, as ranges over the futures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.likely import outwards
from pages.ahead_read import as_ranges
from pages.blocks import Table
from pages.words import number, sentence_case
from scenarios.futures import Futures
from scenarios.work import ranges

_NEEDS = {"SEMH": "SEMH as main need", "other": "Other needs"}
_KINDS = {"need": "Main need", "phase": "Phase", "setting": "Where they learn"}


def groups_table(futures: Futures, need: str, year: int) -> Table:
    """Children by need, phase and setting: now, the likely range in a year, and the wider one."""
    kinds = ("need", "phase", "setting") if need == "all" else ("phase", "setting")
    rows = [row for kind in kinds for row in _rows(futures, need, year, kind)]
    rows += [_away(futures, need, year)]
    origin, surprised = str(futures.origin), f"{year}, surprised outside"
    columns = ["Children", origin, f"{year}, likely", surprised, "Split by"]
    caption = f"Where children with a plan are in January {futures.origin} (about) and {year}"
    return Table(caption, pd.DataFrame(rows, columns=columns), file="where-children-will-be")


def _rows(futures: Futures, need: str, year: int, kind: str) -> list[tuple[str, ...]]:
    names = futures.groups[kind].where(futures.of_need(need))
    order = futures.groups.groupby(names)["base"].sum().sort_values(ascending=False).index
    return [
        _row(futures, (names == name).to_numpy(), year, _name(str(name), kind), _KINDS[kind])
        for name in order
    ]


def _away(futures: Futures, need: str, year: int) -> tuple[str, ...]:
    return _row(futures, futures.away & futures.of_need(need), year, "Outside the borough", "Place")


def _name(name: str, kind: str) -> str:
    if kind == "phase" and name == "all":
        return "Of any phase: groups too small to split"
    return _NEEDS.get(name, name) if kind == "need" else sentence_case(name)


def _row(futures: Futures, mask: np.ndarray, year: int, name: str, kind: str) -> tuple[str, ...]:
    values = futures.children[:, :, mask].sum(axis=2)
    found = as_ranges(futures.years, ranges(values))[futures.years.index(year)]
    counted = futures.groups.loc[mask, "base"].astype(float)
    base = "[c]" if counted.isna().any() else number(counted.sum())
    return name, base, between(found.likely), between(found.widest), kind


def between(pair: tuple[float, float]) -> str:
    """900 to 1,050: rounded outwards to what a reader can use, as ranges in sentences are."""
    low, high = outwards(*pair)
    return f"{number(low)} to {number(high)}"
