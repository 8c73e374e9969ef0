"""What one body could work out of others, were it told its own hidden counts exactly.

A headteacher who reads their own school's exact figure can subtract it from what is published for
everyone. Each owner is taken by themself: they are not thought to compare notes.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from publish.attack import groups, intervals
from publish.disclosure import too_narrow
from publish.partners import Leaves
from publish.shelter import Shelter
from publish.system import System


def learnt(system: System, owner: np.ndarray, own: np.ndarray | None = None) -> pd.DataFrame:
    """Cells of others that an owner could bound too narrowly: `owner, group, cell, lower, upper`.

    `owner` says whose each cell is, -1 for nobody's; `own` marks the hidden cells that their owner
    knows, by default all of theirs. `group` numbers the cells tied to each other. `system.n` must
    be numbers that fit all identities, the owners' own cells at their true counts. What anyone
    learns without own counts is left out.
    """
    hidden = system.hidden
    own = hidden & (owner >= 0) if own is None else own & hidden
    group = tied(system, hidden)
    tried = _unsettled(system, owner, own, group)
    found = [
        part
        for number, asked in tried.groupby("group")
        for part in _solved(system, np.flatnonzero(group == number), (owner, own), asked)
    ]
    columns = ["owner", "group", "cell", "lower", "upper"]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)


def kept_from(system: System, owner: np.ndarray) -> np.ndarray:
    """Hidden cells that their owner must not be shown either, as a mask: they would learn more."""
    found = learnt(system, owner)
    group = tied(system, system.hidden)
    told = pd.MultiIndex.from_frame(found[["owner", "group"]].astype(int))
    mine = pd.MultiIndex.from_arrays([owner, group])
    return np.asarray(mine.isin(told)) & system.hidden & (owner >= 0)


def tied(system: System, hidden: np.ndarray) -> np.ndarray:
    """A number for each group of hidden cells tied to each other, or -1 for a shown cell."""
    number = np.full(len(system.n), -1)
    at = np.flatnonzero(hidden)
    if len(at):
        number[at] = groups(system.matrix[:, at])[1]
    return number


def _unsettled(
    system: System, owner: np.ndarray, own: np.ndarray, group: np.ndarray
) -> pd.DataFrame:
    """Owners and cells (`group, owner, cell`) that a look at single identities doesn't clear.

    Of a cell of one identity only, the others of that identity may move and shelter it, whoever is
    looking; the sure way to know of the rest is to solve.
    """
    leaves = Leaves(system)
    clear = leaves.widths(system.hidden) >= system.need
    cells = np.flatnonzero(system.hidden & ~clear)
    knowers = pd.DataFrame({"group": group[own], "owner": owner[own]}).drop_duplicates()
    rest = knowers.merge(pd.DataFrame({"group": group[cells], "cell": cells}), on="group")
    bare = leaves.bared(owner, own)
    bare = bare[clear[bare["cell"]]].assign(group=group[bare.loc[clear[bare["cell"]], "cell"]])
    tried = pd.concat([rest, bare], ignore_index=True).drop_duplicates()
    return tried[owner[tried["cell"]] != tried["owner"]]


def _solved(
    system: System,
    cells: np.ndarray,
    owned: tuple[np.ndarray, np.ndarray],
    asked: pd.DataFrame,
) -> Iterator[pd.DataFrame]:
    """Of one group's cells, what each owner learns of those asked about."""
    rows = np.flatnonzero(np.diff(system.matrix[:, cells].indptr))
    at = np.unique(system.matrix[rows].indices)
    part, owner, own = system.part(at), owned[0][at], owned[1][at]
    asked = asked.assign(at=np.searchsorted(at, asked["cell"]))
    doubtful = _doubtful(part, (owner, own), asked)
    if doubtful.empty:
        return
    anyway, _, _ = _narrow(part, part.hidden, np.isin(np.arange(len(at)), doubtful["at"]))
    doubtful = doubtful[~anyway[doubtful["at"]]]
    for who, cell in doubtful.groupby("owner")["at"]:
        wanted = np.zeros(len(at), dtype=bool)
        wanted[cell] = True
        weak, low, high = _narrow(part, part.hidden & ~(own & (owner == who)), wanted)
        weak &= owner != who
        if weak.any():
            yield pd.DataFrame({
                "owner": who, "group": asked["group"].iloc[0], "cell": at[weak],
                "lower": low[weak], "upper": high[weak],
            })  # fmt: skip


def _doubtful(
    part: System, owned: tuple[np.ndarray, np.ndarray], asked: pd.DataFrame
) -> pd.DataFrame:
    """Of what is asked, that for which no shelter without the owner's own cells is found."""
    owner, own = owned
    shelter = Shelter(part, part.hidden)
    kept = []
    place, whose_all = asked["at"].to_numpy(), asked["owner"].to_numpy()
    for cell in np.unique(place).tolist():
        whose = whose_all[place == cell]
        found = shelter.of(cell)
        # Whoever has no part in this shelter knows nothing that would take it away.
        near = whose if found is None else whose[np.isin(whose, owner[found & own])]
        kept += [
            (who, cell)
            for who in near
            if found is None or shelter.of(cell, np.flatnonzero(own & (owner == who))) is None
        ]
    return pd.DataFrame(kept, columns=["owner", "at"])


def _narrow(
    part: System, hidden: np.ndarray, wanted: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    wanted = wanted & hidden
    low, high = intervals(part, hidden, wanted, part.need)
    weak = too_narrow(low, high, part.need, part.threshold) | part.sensitive
    return (high - low < part.need) & weak & wanted, low, high
