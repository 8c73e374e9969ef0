"""Which further cells to hide so that a hidden small count can't be worked out."""

from __future__ import annotations

from collections.abc import Iterator

import highspy
import numpy as np
import pandas as pd
from scipy.sparse import csr_array, hstack

from publish.attack import groups
from publish.solver import NoSolution, load_model, solve
from publish.system import TOLERANCE, System

_ENDLESS = 1e9
_ROUNDS = 3


def components(system: System, around: np.ndarray) -> Iterator[np.ndarray]:
    """Positions of the cells in each group tied by identities that holds a cell of `around`.

    Shown zeros tie nothing: everyone sees them.
    """
    at = np.flatnonzero(system.unknown)
    if not len(at):
        return
    _, group = groups(system.matrix[:, at])
    wanted = np.unique(group[around[at]])
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], wanted)
    ends = np.searchsorted(group[order], wanted, side="right")
    for start, end in zip(starts, ends, strict=True):
        yield at[order[start:end]]


def add_siblings(
    system: System, hidden: np.ndarray, unsure: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Hide, in each identity, the cheapest parts that shelter its hidden small parts.

    Looks only at leaves, cells of a single identity, and for all identities at once. Returns the
    hidden cells and those of `unsure` and of the added that this alone does not show to be safe.
    """
    hidden, unsure = hidden.copy(), unsure.copy()
    leaves = Leaves(system)
    for _ in range(_ROUNDS):
        width = leaves.widths(hidden)
        unsure &= ~(width >= system.need)
        picked = leaves.pick(hidden, unsure)
        if not len(picked):
            break
        hidden[picked] = unsure[picked] = True
    unsure &= ~(leaves.widths(hidden) >= system.need)
    return hidden, unsure


class Leaves:
    """The cells that stand in one identity only, with their room to move in its units."""

    def __init__(self, system: System) -> None:
        self.system = system
        pairs = system.matrix.tocoo()
        row, cell = pairs.coords
        alone = (np.bincount(cell, minlength=len(system.n)) == 1)[cell] & system.unknown[cell]
        self.row, self.cell, coef = row[alone], cell[alone], pairs.data[alone]
        self.rows = system.matrix.shape[0]
        self.size = np.abs(coef)
        rise = np.minimum(system.most - system.n, _ENDLESS)[self.cell] * self.size
        fall = (system.n - system.least)[self.cell] * self.size
        self.rise, self.fall = np.where(coef > 0, rise, fall), np.where(coef > 0, fall, rise)

    def widths(self, hidden: np.ndarray) -> np.ndarray:
        """How far each hidden leaf could move were all cells but hidden leaves known."""
        on, rise, fall = self._rest(hidden)
        room = (np.minimum(self.rise, fall) + np.minimum(self.fall, rise)) / self.size
        width = np.full(len(self.system.n), -1.0)
        width[self.cell[on]] = room[on]
        return width

    def _rest(self, hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which leaves are hidden, and how far the other hidden ones of the row can move."""
        on = hidden[self.cell]
        rise = np.bincount(self.row, self.rise * on, self.rows)[self.row] - self.rise * on
        fall = np.bincount(self.row, self.fall * on, self.rows)[self.row] - self.fall * on
        return on, rise, fall

    def bared(self, owner: np.ndarray, own: np.ndarray) -> pd.DataFrame:
        """Hidden leaves that may lack shelter from who knows their own: `owner, cell`.

        `own` marks the cells their owner knows. Each leaf is held to what the other hidden leaves
        of its row, less the owner's, leave it to move.
        """
        on, rise, fall = self._rest(self.system.hidden)
        leaf = pd.DataFrame({
            "row": self.row, "cell": self.cell, "size": self.size, "owner": owner[self.cell],
            "up": self.rise, "down": self.fall, "others_up": rise, "others_down": fall,
        })  # fmt: skip
        known = leaf[own[self.cell]].groupby(["row", "owner"], as_index=False)[["up", "down"]].sum()
        both = leaf[on].merge(known, on="row", suffixes=("", "_own"))
        both = both[both["owner"] != both["owner_own"]]
        room = np.minimum(both["up"], both["others_down"] - both["down_own"]) + np.minimum(
            both["down"], both["others_up"] - both["up_own"]
        )
        short = (room / both["size"]).to_numpy() < self.system.need[both["cell"]]
        found = both[short].assign(owner=both.loc[short, "owner_own"])
        return found[["owner", "cell"]]

    def pick(self, hidden: np.ndarray, unsure: np.ndarray) -> np.ndarray:
        """The best leaf to hide next in each row where a hidden small leaf lacks shelter."""
        system = self.system
        on, rise, fall = self._rest(hidden)
        small = system.sensitive | (system.n < system.threshold)
        lacking = np.flatnonzero(on & (unsure & small)[self.cell])
        worst = np.full(self.rows, -1)
        order = lacking[np.argsort(-system.need[self.cell[lacking]], kind="stable")]
        worst[self.row[order[::-1]]] = order[::-1]
        free = np.flatnonzero(~on & ~system.fixed[self.cell] & (worst[self.row] >= 0))
        driver = worst[self.row[free]]
        up = np.minimum(self.rise[driver], fall[driver] + self.fall[free])
        down = np.minimum(self.fall[driver], rise[driver] + self.rise[free])
        short = up + down < system.need[self.cell[driver]] * self.size[driver]
        weight, n = system.weight[self.cell[free]], system.n[self.cell[free]]
        best = np.lexsort(
            (np.where(short, -n, n), np.where(short, 0, weight), short, self.row[free])
        )
        _, first = np.unique(self.row[free][best], return_index=True)
        return self.cell[free[best[first]]]


def add_patterns(system: System, hidden: np.ndarray, weak: np.ndarray) -> np.ndarray:
    """For each weak cell, hide the least costly cells whose change could mask a change in it."""
    hidden = hidden.copy()
    for at in components(system, weak):
        part = system.part(at)
        hidden[at] = Patterns(part, hidden[at]).shelter(np.flatnonzero(weak[at]))
    return hidden


class Patterns:
    """A linear model of changes to a group of tied cells that leave every identity true.

    A change is a rise and a fall per cell; each costs what hiding the cell costs, spread over the
    amount that is wanted of it, so that few cells are used rather than little change.
    """

    def __init__(self, part: System, hidden: np.ndarray) -> None:
        self.part, self.hidden = part, hidden.copy()
        size = len(part.n)
        still = (part.fixed & ~hidden) | ~part.unknown
        rise = np.where(still, 0.0, part.most - part.n)
        fall = np.where(still, 0.0, part.n - part.least)
        self.room = np.concatenate([rise, fall])
        both = csr_array(hstack([part.matrix, -part.matrix]))
        right = np.zeros(part.matrix.shape[0])
        self.model = load_model(both, right, np.zeros(2 * size), self.room)

    def shelter(self, weak: np.ndarray) -> np.ndarray:
        """The cells to hide so that each weak cell could differ as much as it must."""
        for cell in weak:
            need = self.part.need[cell]
            up = min(need, self.room[cell])
            for way, amount in ((cell, up), (len(self.part.n) + cell, need - up)):
                if amount > TOLERANCE:
                    self._add(int(way), amount)
        return self.hidden

    def _add(self, way: int, amount: float) -> None:
        size = len(self.part.n)
        opposite = way - size if way >= size else way + size
        self._price(amount)
        self.model.changeColBounds(way, amount, amount)
        self.model.changeColBounds(opposite, 0.0, 0.0)
        try:
            solve(self.model)
            change = np.asarray(self.model.getSolution().col_value)
            self.hidden |= (change[:size] > TOLERANCE) | (change[size:] > TOLERANCE)
        except NoSolution:
            self.hidden |= ~self.part.fixed & self.part.unknown
        self.model.changeColBounds(way, 0.0, _finite(self.room[way]))
        self.model.changeColBounds(opposite, 0.0, _finite(self.room[opposite]))

    def _price(self, amount: float) -> None:
        usable = np.maximum(np.minimum(self.room, amount), 1e-3)
        price = np.tile(np.where(self.hidden, 1e-6, self.part.weight), 2) / usable
        columns = np.arange(len(price), dtype=np.int32)
        self.model.changeColsCost(len(price), columns, price)


def _finite(bound: float) -> float:
    return highspy.kHighsInf if np.isinf(bound) else float(bound)
