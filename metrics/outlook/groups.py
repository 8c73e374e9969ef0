"""Groups of children large enough to tell of: need, phase and setting, with ten or more in each.

A phase with fewer goes to the nearest phase of its need and setting; a setting with fewer to the
other settings of its need on the same side of the borough's boundary; what is left to the largest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.methods.futures.history import History
from metrics.outlook.moves import FLOOR, OUT, SEMH

NEEDS = (SEMH, "other")
PHASES = ("early years", "primary", "secondary", "post-16")
STARTS = (0, 7, 12)
"""Academic years in which primary, secondary and post-16 begin (0 is reception)."""
OTHERS = "Other settings"
AWAY = f"{OTHERS}, {OUT}"


@dataclass(frozen=True)
class Groups:
    """Groups, and where each child counted belongs."""

    frame: pd.DataFrame
    """`group_id, need, phase, setting, establishment, designation, in_borough, base`."""
    of_cell: np.ndarray
    """The group of each need, phase and setting (NEEDS, PHASES, `settings`)."""
    settings: tuple[str, ...]

    def of(self, history: History) -> np.ndarray:
        """The group of each academic year (row) and state (column) of a history."""
        setting = pd.Index(self.settings).get_indexer(pd.Index(history.states.settings))
        need, phase = need_of(history)[history.states.need], phase_of(history.ages)
        out: np.ndarray = self.of_cell[
            need[None, :], phase[:, None], setting[history.states.setting][None, :]
        ]
        return out

    def totals(self, children: np.ndarray, history: History) -> np.ndarray:
        """Children by academic year and state (last two axes), summed into groups."""
        into = np.eye(len(self.frame), dtype=np.float32)[self.of(history).ravel()]
        flat = children.reshape(-1, len(into)).astype(np.float32)
        return (flat @ into).astype(np.int32).reshape(*children.shape[:-2], into.shape[1])


def phase_of(ages: np.ndarray) -> np.ndarray:
    """Index into PHASES of each academic year."""
    return np.searchsorted(STARTS, ages, side="right")


def need_of(history: History) -> np.ndarray:
    """Index into NEEDS of each need there is."""
    return np.array([0 if need == SEMH else 1 for need in history.states.needs])


def make_groups(history: History, settings: pd.DataFrame) -> Groups:
    """Groups of the children counted at the origin; `settings` as `Moves` has them."""
    base = history.stock(history.origin)
    phase, need = phase_of(history.ages), need_of(history)[history.states.need]
    setting = history.states.setting
    told = settings.set_index("setting").reindex(list(history.states.settings))
    inside = told["in_borough"].to_numpy(dtype=bool)
    table = np.zeros((len(NEEDS), len(PHASES), len(inside)), dtype=int)
    np.add.at(table, (need[None, :], phase[:, None], setting[None, :]), base)
    keys = _keys(table, inside)
    names, codes = np.unique(keys.ravel(), return_inverse=True)
    counts = np.bincount(codes, table.ravel(), minlength=len(names)).astype(int)
    frame = _frame(names, counts, history, told)
    return Groups(frame, codes.reshape(keys.shape), history.states.settings)


def _keys(table: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """A key `need|phase|setting|in` for each cell; -1 is not split by it."""
    keys = np.empty(table.shape, dtype="<U16")
    for n, p, s in np.ndindex(*table.shape):
        keys[n, p, s] = _key(table[n, :, s], n, p, s, inside)
    for n, near in np.ndindex(len(table), 2):
        _no_small(keys, table, n, bool(near))
    return keys


def _key(by_phase: np.ndarray, n: int, p: int, s: int, inside: np.ndarray) -> str:
    near = int(inside[s])
    if by_phase.sum() < FLOOR:
        return f"{n}|-1|-1|{near}"
    large = np.flatnonzero(by_phase >= FLOOR)
    if not len(large):
        return f"{n}|-1|{s}|{near}"
    nearest = min(large, key=lambda q: (abs(q - p), -by_phase[q]))
    return f"{n}|{nearest}|{s}|{near}"


def _no_small(keys: np.ndarray, table: np.ndarray, n: int, near: bool) -> None:
    """Put a need's other settings, where too few, with its largest group on the same side."""
    others = keys == f"{n}|-1|-1|{int(near)}"
    if not others.any() or table[others].sum() >= FLOOR:
        return
    mine = np.zeros(keys.shape, dtype=bool)
    mine[n] = True
    same = mine & ~others & np.char.endswith(keys, f"|{int(near)}")
    wider = same if same.any() else mine & ~others
    if wider.any():
        names, codes = np.unique(keys[wider], return_inverse=True)
        keys[others] = names[np.argmax(np.bincount(codes, table[wider]))]


def _frame(
    names: np.ndarray, counts: np.ndarray, history: History, told: pd.DataFrame
) -> pd.DataFrame:
    parts = np.array([name.split("|") for name in names]).astype(int)
    told_of = [(*_setting(s, bool(i), history, told), bool(i)) for _, _, s, i in parts.tolist()]
    names_of = [(NEEDS[n], PHASES[p] if p >= 0 else "all") for n, p, *_ in parts.tolist()]
    rows = [(g, *names_of[g], *told_of[g], counts[g]) for g in range(len(parts))]
    columns = ["group_id", "need", "phase", "setting", "establishment", "designation",
               "in_borough", "base"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _setting(s: int, inside: bool, history: History, told: pd.DataFrame) -> tuple[str, str, str]:
    if s < 0:
        return OTHERS if inside else AWAY, OTHERS, "all"
    row = told.iloc[s]
    designation = row["designation"] if isinstance(row["designation"], str) else "all"
    return history.states.settings[s], row["establishment"], designation
