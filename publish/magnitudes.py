"""Disclosure control for sums: nobody learns from a total what one child or one provider had.

`sensitive` says which sums are mostly one's or two's, by dominance and p % rules, and how uncertain
each must stay; `suppress_sums` hides those and as few others as needed; `audit_sums` is the attack
they withstand. The attacker knows every shown sum, every identity, and that no amount is below 0;
and whoever has the largest share of a hidden sum knows that share.

Source: Hundepool and others, Statistical Disclosure Control (2012), tables 4.1 and 4.2: rules and
upper protection levels; complementary suppression as in `publish.disclosure`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from publish.attack import intervals
from publish.partners import Patterns, components
from publish.solver import load_model, solve
from publish.system import BadTable, System, flag, read_system

Dominance = Sequence[tuple[int, float]]

DOMINANCE: Dominance = ((1, 70.0), (2, 85.0))
"""A sum is sensitive where its largest contribution is over 70 % of it, or its two over 85 %."""
P = 15.0
"""A sum is sensitive where the second largest contributor could tell the largest within 15 %."""
_ROUNDS = 200

__all__ = ["DOMINANCE", "BadTable", "P", "audit_sums", "needs", "sensitive", "suppress_sums"]


def sensitive(
    contributions: pd.DataFrame, dominance: Dominance = DOMINANCE, p: float = P
) -> pd.DataFrame:
    """Each sum with what it needs: `cell_id, contributors, total, first, second, needs, sensitive`.

    `contributions` has `cell_id, contributor_id, amount` (from 0, any unit); several rows of one
    contributor are one contribution. `needs` is by how much an attacker's upper bound must lie
    above the total, in that unit; 0 where the sum may be shown. Raises BadTable for an amount that
    is negative or no number.
    """
    amount = contributions["amount"]
    if (bad := ~np.isfinite(amount.to_numpy(dtype=float)) | (amount < 0)).any():
        cell = contributions.loc[bad, "cell_id"].iloc[0]
        raise BadTable(f"cell {cell!r} has a contribution that is negative or no number")
    each = contributions.groupby(["cell_id", "contributor_id"])["amount"].sum()
    each = each[each > 0].sort_values(ascending=False)
    by = each.groupby(level="cell_id")
    found = pd.DataFrame({"contributors": by.size(), "total": by.sum(), "first": by.first()})
    found["second"] = by.nth(1).droplevel("contributor_id").reindex(found.index).fillna(0.0)
    found = found.reset_index()
    found["needs"] = needs(found["total"], found["first"], found["second"], dominance, p)
    return found.assign(sensitive=found["needs"] > 0)


def needs(
    total: pd.Series,
    first: pd.Series,
    second: pd.Series,
    dominance: Dominance = DOMINANCE,
    p: float = P,
) -> np.ndarray:
    """Upper protection level of each sum from its two largest contributions; 0 if not sensitive.

    By the rule that asks for most, and never less than p % of the sum. Raises BadTable for a
    dominance rule of other than one or two contributors, or a share outside 0 to 100.
    """
    whole, one, two = (np.asarray(x, dtype=float) for x in (total, first, second))
    levels = [p / 100 * one - (whole - one - two)]
    for n, k in dominance:
        if n not in (1, 2) or not 0 < k <= 100:
            raise BadTable(f"dominance rule ({n}, {k:g}): it must be of 1 or 2, and of 0 to 100 %")
        levels.append(100 / k * (one + (two if n == 2 else 0)) - whole)
    # Rounded, for 15 % of 10 less 1.5 is no secret.
    level = np.round(np.max(levels, axis=0), 6)
    return np.where(level > 0, np.maximum(level, p / 100 * whole), 0.0)


def suppress_sums(
    cells: pd.DataFrame, identities: pd.DataFrame, *, strict: bool = True
) -> pd.DataFrame:
    """Which sums to hide: `cell_id, primary, suppressed`, one row per sum in the order given.

    `cells` has `cell_id, n` (whole pounds from 0) and may have `needs` (as `sensitive` gives),
    `first` (the largest contribution), `alone` (there is no other), `room` (what it needs once it
    is hidden), `hidden` (withheld for another reason), `fixed` (known anyway) and `weight`;
    `identities` as for `disclosure.suppress`. A hidden sum that needs it stays uncertain by that
    much upward, whoever asks. A sum that cannot be is BadTable, or is left where not
    `strict`.
    """
    cells = _with_defaults(cells)
    system = _system(cells, identities)
    primary = (cells["needs"].to_numpy() > 0) & ~system.fixed
    insider = cells["first"].to_numpy(dtype=float), cells["alone"].to_numpy(dtype=bool)
    hidden = primary | system.hidden
    for at in components(system, hidden):
        hidden[at] = _protect(
            system.part(at), hidden[at], primary[at], (insider[0][at], insider[1][at]), strict
        )
    return pd.DataFrame({"cell_id": system.ids, "primary": primary, "suppressed": hidden})


def audit_sums(
    cells: pd.DataFrame, identities: pd.DataFrame, suppressed: Iterable[object]
) -> pd.DataFrame:
    """The tightest interval an outsider can compute: `cell_id, lower, upper` per hidden sum.

    Tables as for `suppress_sums`; `upper` is infinite where nothing bounds it. Raises BadTable.
    """
    system = _system(_with_defaults(cells), identities)
    hidden = np.isin(system.ids, pd.Index(list(suppressed)).to_numpy())
    low, high = intervals(system, hidden)
    found = pd.DataFrame({"cell_id": system.ids, "lower": low, "upper": high})
    return found[hidden].reset_index(drop=True)


def _with_defaults(cells: pd.DataFrame) -> pd.DataFrame:
    given = {"needs": 0.0, "first": 0.0, "alone": False, "hidden": False, "room": 0.0}
    return cells.assign(**{n: cells[n].fillna(v) if n in cells else v for n, v in given.items()})


def _system(cells: pd.DataFrame, identities: pd.DataFrame) -> System:
    """A System of sums: each may be anything from 0, and needs room upward."""
    wanted = np.ceil(cells[["needs", "room"]].max(axis=1).to_numpy(dtype=float))
    given = cells.assign(threshold=wanted + 2, hidden=flag(cells, "hidden"))
    system = read_system(given[[c for c in given if c != "most"]], identities, 2)
    return replace(system, least=np.zeros(len(cells)))


Insider = tuple[np.ndarray, np.ndarray]


def _protect(
    part: System, hidden: np.ndarray, primary: np.ndarray, insider: Insider, strict: bool
) -> np.ndarray:
    safe = hidden & (part.threshold <= 2)  # what needs nothing; hiding more only widens
    for _ in range(_ROUNDS):
        before = hidden.copy()
        for cell, known in _exposed(part, hidden, primary, insider, safe):
            hidden = Patterns(known, hidden).shelter(np.array([cell]))
        if (hidden == before).all():
            break
    # What someone still tells from their own share, all being hidden, nothing published tells.
    found = _exposed(part, hidden, primary, insider, safe)
    open_to_all = (cell for cell, known in found if known is part)
    if strict and (bare := next(open_to_all, None)) is not None:
        raise BadTable(f"sum {part.ids[bare]!r} can't be protected: what stays known gives it away")
    return hidden


def _exposed(
    part: System, hidden: np.ndarray, primary: np.ndarray, insider: Insider, safe: np.ndarray
) -> Iterator[tuple[int, System]]:
    """Hidden sums that someone can bound too closely from above, with what that one knows.

    Those found to be `safe` are marked there, and not looked at again.
    """
    highest = _Highest(part, hidden)
    # Where all is hidden that can be, nothing is left to keep from those who know their own share.
    full = bool((hidden | part.fixed | ~part.unknown).all())
    for cell in map(int, np.flatnonzero(hidden & ~part.fixed & (part.n > 0) & ~safe)):
        if highest.too_close(cell, part):
            yield cell, part
        elif full or not primary[cell]:
            safe[cell] = True
        elif (known := _who_knows(part, hidden, cell, insider, highest)) is not None:
            yield cell, known
        else:
            safe[cell] = True


def _who_knows(
    part: System, hidden: np.ndarray, cell: int, insider: Insider, highest: _Highest
) -> System | None:
    """What one of those knows who, from their own share of another sum, can tell this one."""
    first, _ = insider
    # One with the same largest share is the same child or provider.
    other = hidden & ~part.fixed & (part.n > 0) & (first > 0) & (np.abs(first - first[cell]) >= 1)
    others = np.flatnonzero(other)
    if not highest.too_close(cell, _known_to(part, others, insider)):
        return None  # not even if all of them put their knowledge together
    each = (_known_to(part, others[i : i + 1], insider) for i in range(len(others)))
    return next((known for known in each if highest.too_close(cell, known)), None)


def _known_to(part: System, cells: np.ndarray, insider: Insider) -> System:
    """What whoever has the largest share of each of those sums knows."""
    first, alone = insider
    least, most = part.least.copy(), part.most.copy()
    least[cells] = np.minimum(np.maximum(least, np.floor(first)), part.n)[cells]
    only = cells[alone[cells]]
    least[only] = most[only] = part.n[only]
    return replace(part, least=least, most=most)


class _Highest:
    """How high each hidden sum may be, for all that someone knows: one model, warm-started."""

    def __init__(self, part: System, hidden: np.ndarray) -> None:
        self.at = np.flatnonzero(hidden)
        ties = part.matrix[:, self.at]
        rows = np.flatnonzero(np.diff(ties.indptr))
        self.tied = bool(len(rows))
        self.columns = np.arange(len(self.at), dtype=np.int32)
        self.place = {int(cell): column for column, cell in enumerate(self.at)}
        if self.tied:
            right = -(part.matrix[rows] @ np.where(hidden, 0.0, part.n))
            self.model = load_model(ties[rows], right, part.least[self.at], part.most[self.at])

    def too_close(self, cell: int, known: System) -> bool:
        """Whether the sum can't be as far above what it is as it must for who knows that."""
        if not self.tied:
            return False
        least, most = known.least[self.at], known.most[self.at]
        self.model.changeColsBounds(len(self.at), self.columns, least, most)
        self.model.changeColCost(self.place[cell], -1.0)
        best = solve(self.model)
        self.model.changeColCost(self.place[cell], 0.0)
        return best is not None and -best - known.n[cell] < known.threshold[cell] - 2 - 0.5
