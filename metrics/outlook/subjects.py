"""What is forecast: plans in all and by need, phase or setting; new plans; children placed away.

Every figure is a sum of groups, so none tells of fewer children than a group may hold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.methods.futures.history import History
from metrics.outlook.groups import NEEDS, PHASES, Groups
from metrics.outlook.moves import FLOOR

PLANS, NEW, AWAY = "plans", "new_plans", "plans_away"
KEYS = ["subject", "need", "phase", "setting"]


@dataclass(frozen=True)
class Subjects:
    """Every subject, and which groups or joiners add up to it."""

    frame: pd.DataFrame
    """The columns KEYS: subjects counted each January first, then those newly counted."""
    plans: np.ndarray
    """Which groups (columns) the first subjects are made of."""
    new: np.ndarray
    """Which need and phase (columns, as NEEDS by PHASES) the later ones are made of."""

    def values(self, children: np.ndarray, joined: np.ndarray) -> np.ndarray:
        """Children by group, and newly by need and phase, as a last axis of subjects."""
        flat = joined.reshape(*joined.shape[:-2], -1)
        stock, came = children @ self.plans.T, flat @ self.new.T
        return np.concatenate([stock, came], axis=-1)

    @property
    def wide(self) -> np.ndarray:
        """Which are of no single phase or setting."""
        return (self.frame[["phase", "setting"]] == "all").all(axis=1).to_numpy()


def make_subjects(groups: Groups) -> Subjects:
    """Every subject that has children enough at the origin."""
    frame = groups.frame
    rows, masks = [], []
    for need in ("all", *NEEDS):
        mine = (frame["need"] == need) | (need == "all")
        rows += [(PLANS, need, "all", "all"), (AWAY, need, "all", "all")]
        masks += [mine, mine & ~frame["in_borough"]]
        for by in ("phase", "setting"):
            found = sorted(set(frame.loc[mine, by]) - {"all"})
            rows += [(PLANS, need, *((f, "all") if by == "phase" else ("all", f))) for f in found]
            masks += [mine & (frame[by] == name) for name in found]
    plans = np.array(masks, dtype=np.int32)
    enough = plans @ frame["base"].to_numpy() >= FLOOR
    kept = [row for row, keep in zip(rows, enough, strict=True) if keep]
    new_rows, new = _new()
    return Subjects(pd.DataFrame([*kept, *new_rows], columns=KEYS), plans[enough], new)


def _new() -> tuple[list[tuple[str, str, str, str]], np.ndarray]:
    cells = [(need, phase) for need in NEEDS for phase in PHASES]
    rows = [(NEW, need, phase, "all") for need in ("all", *NEEDS) for phase in ("all", *PHASES)]
    masks = [
        [need in ("all", n) and phase in ("all", p) for n, p in cells] for _, need, phase, _ in rows
    ]
    return rows, np.array(masks, dtype=np.int32)


def counted(history: History) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Januaries, children counted by academic year and state, and those newly counted.

    The first January is known from where its children went; who was new in it is not (-1).
    """
    years = np.arange(history.years[0] - 1, history.origin + 1)
    stock = np.zeros((len(years), len(history.ages), len(history.states)), dtype=int)
    new = np.full((len(years), len(history.ages), len(history.states.needs)), -1)
    seen = (history.year == years[1]) & (history.before >= 0)
    age = np.maximum(history.age[seen] - 1, history.youngest)
    stock[0] = history.counts(age, history.before[seen])
    for at, year in enumerate(years[1:], start=1):
        stock[at] = history.stock(int(year))
        came = (history.year == year) & (history.before < 0)
        by_state = history.counts(history.age[came], history.after[came])
        new[at] = by_state.reshape(len(history.ages), len(history.states.needs), -1).sum(axis=2)
    return years, stock, new
