"""Disclosure control for tables of counts: hide few cells, and prove that none can be worked out.

`suppress` hides every count from 1 to threshold - 1, and as few others as needed; `audit` is the
attack it must withstand. The guarantee: someone who knows every shown cell, every identity and
that a hidden cell is at least 1 can't bound a hidden small count more narrowly than 1 to
threshold - 1 is wide. True zeros stay shown.

Method: complementary suppression by least-cost perturbations (Fischetti and Salazar 2001; Kelly,
Golden and Assad 1992), checked by a feasibility-interval audit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from publish.attack import intervals
from publish.partners import add_patterns, add_siblings, components
from publish.system import BadTable, System, flag, read_system

Mask = np.ndarray

__all__ = ["BadTable", "audit", "suppress", "too_narrow"]


def suppress(
    cells: pd.DataFrame, identities: pd.DataFrame, threshold: int = 5, *, tidy: bool = True
) -> pd.DataFrame:
    """Which cells to hide: `cell_id, primary, suppressed`, one row per cell in the order given.

    `cells` has `cell_id, n` (whole numbers from 0); `identities` has `identity_id, cell_id, coef`,
    and within each identity the sum of coef times n is 0. Further columns of `cells` that are
    understood: `weight, most, sensitive, hidden, fixed, loose, told, threshold` (see
    `publish.system`), and
    `safe`: seen before to be wide enough, when no more was hidden than is now. `tidy` looks again
    for cells hidden in vain.

    Raises BadTable naming what is wrong: identities that don't add up, negative counts, a
    threshold below 2, a cell named twice.
    """
    system = read_system(cells, identities, threshold)
    primary = _primary(system)
    hidden = _protect(system, primary | system.hidden, flag(cells, "safe"))
    if tidy:
        hidden = _show_again(system, primary | system.hidden, hidden)
    return pd.DataFrame({"cell_id": system.ids, "primary": primary, "suppressed": hidden})


def audit(
    cells: pd.DataFrame, identities: pd.DataFrame, suppressed: Iterable[object]
) -> pd.DataFrame:
    """The tightest interval an attacker can compute: `cell_id, lower, upper` per suppressed cell.

    Tables as for `suppress`; `suppressed` holds the ids of the hidden cells. Bounds are whole
    numbers; `upper` is infinite where nothing bounds it. Raises BadTable.
    """
    system = read_system(cells, identities, 2)
    wanted = pd.Index(list(suppressed))
    unknown = wanted.difference(pd.Index(system.ids))
    if len(unknown):
        raise BadTable(f"suppressed cell {unknown[0]!r} is not among the cells")
    hidden = np.isin(system.ids, wanted.to_numpy()) if len(wanted) else np.zeros(len(cells), bool)
    low, high = intervals(system, hidden)
    return pd.DataFrame({"cell_id": system.ids, "lower": low, "upper": high})[hidden].reset_index(
        drop=True
    )


def too_narrow(
    low: np.ndarray, high: np.ndarray, need: np.ndarray, threshold: np.ndarray
) -> np.ndarray:
    """Intervals that give away a small count: low, and too narrow. A zero is no secret."""
    return (high - low < need) & (low < threshold) & (high > 0)


def _primary(system: System) -> np.ndarray:
    return (system.n >= 1) & (system.n < system.threshold) & ~system.fixed


def _examine(system: System, hidden: np.ndarray, wanted: np.ndarray) -> tuple[Mask, Mask]:
    """Of the wanted hidden cells: those bounded too narrowly, and those bounded narrowly at all."""
    low, high = intervals(system, hidden, wanted, system.need)
    narrow = (high - low < system.need) & hidden & wanted
    weak = too_narrow(low, high, system.need, system.threshold) | system.sensitive
    return narrow & weak, narrow


def _protect(system: System, hidden: Mask, safe: Mask) -> Mask:
    """Hide more until no hidden cell is weak. A wide interval stays wide: hiding only widens."""
    unsure = hidden & ~safe
    while True:
        hidden, unsure = add_siblings(system, hidden, unsure)
        weak, narrow = _examine(system, hidden, unsure)
        if not weak.any():
            return hidden
        more = add_patterns(system, hidden, weak)
        if (more == hidden).all():
            looser = _loosened(system, weak)
            if looser is not None:
                system = looser
                continue
            if _narrow_from_elsewhere(system, hidden, unsure):
                return hidden
            cell = system.ids[int(np.argmax(weak))]
            raise BadTable(f"cell {cell!r} can't be protected: cells that stay known give it away")
        unsure = narrow | (more & ~hidden)
        hidden = more


def _loosened(system: System, weak: Mask) -> System | None:
    """The system with the loosest of the fixed cells tied to weak ones free to be hidden."""
    near = np.zeros(len(system.n), dtype=bool)
    for at in components(system, weak):
        near[at] = True
    near &= system.fixed & (system.loose > 0)
    if not near.any():
        return None
    freed = near & (system.loose == system.loose[near].min())
    return replace(system, fixed=system.fixed & ~freed)


def _narrow_from_elsewhere(system: System, hidden: Mask, unsure: Mask) -> bool:
    # All is hidden, and only who knows the most a cell can be (a class of two), or what another
    # publisher printed, bounds it: no further hiding helps, and nothing published here tells it.
    free = replace(system, most=np.full(len(system.n), np.inf))
    return not _examine(free, hidden | (system.told > 0), unsure)[0].any()


def _show_again(system: System, must: Mask, hidden: Mask) -> Mask:
    """Show each further cell again, dearest first, where all hidden cells stay safe without it."""
    hidden = hidden.copy()
    for at in components(system, hidden & ~must):
        part, kept = system.part(at), hidden[at]
        extra = np.flatnonzero(kept & ~must[at])
        for cell in extra[np.argsort(-part.weight[extra], kind="stable")]:
            tried = kept.copy()
            tried[cell] = False
            if not _examine(part, tried, tried)[0].any():
                kept = tried
        hidden[at] = kept
    return hidden
