"""Which of their own hidden figures headteachers may be shown exactly.

A school knows what it returned itself: its census, its registers, its suspensions and its reduced
timetables. What others hold of its pupils (a referral, a placement, a plan) stays protected for it
as for all partners. And an exact figure is kept from its own school, too, where it would let the
head work out another school's small count, or the borough's, by subtraction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from models.metric import Metric
from models.observation import AreaKind
from publish.cells import Table, Ties, table_of
from publish.owners import kept_from
from publish.system import read_system

SCHOOL_RETURNS = frozenset({
    "pupil_census", "attendance", "suspension", "reduced_timetable", "reduced_timetable_return",
    "census_return",
})  # fmt: skip
"""Tables filled from what schools return of their own pupils."""

Counts = Sequence[tuple[pd.Series, pd.Series | None]]


def schools_own(sources: Sequence[str]) -> bool:
    """Whether a measure of these sources rests on schools' own returns alone."""
    return bool(sources) and set(sources) <= SCHOOL_RETURNS


def shown_to_own(
    rows: pd.DataFrame,
    hidden: np.ndarray,
    ties: Ties,
    attacked: Counts,
    level: np.ndarray,
    metrics: Mapping[str, Metric],
) -> np.ndarray:
    """Withheld rows (a mask) that the head of the school they are about may read.

    Arguments as in `publish.protect`: `attacked` are the counts that can be subtracted, `level` how
    surely each row is known from before. Each head is taken to know all that is withheld of their
    own school, whether it is written or not.
    """
    school = rows["area_kind"].eq(AreaKind.SCHOOL).to_numpy()
    own = {name for name, metric in metrics.items() if schools_own(metric.sources)}
    may = hidden & school & rows["metric_id"].isin(own).to_numpy() & ~of_one_child(rows)
    owner = np.where(school, pd.factorize(rows["area_id"])[0], -1)
    for n, most in attacked:
        for told in _readers(hidden, level):
            judged = rows.assign(secret=False, hidden=hidden, safe=False, level=level, told=told)
            table = table_of(judged, ties, n, most)
            if table is not None and may.any():
                may[_kept(table, owner)] = False
    return may


def _readers(hidden: np.ndarray, level: np.ndarray) -> list[np.ndarray]:
    """What else a head may know: nothing, or what was shown before of what is withheld now."""
    told = level > 0
    return [np.zeros_like(told), told] if (told & hidden).any() else [np.zeros_like(told)]


def of_one_child(rows: pd.DataFrame) -> np.ndarray:
    """Rates, shares and means of a single child: a record of that child, whoever reads it."""
    alone = rows["denominator"].eq(1)
    if "base" in rows:
        alone |= rows["base"].eq(1)
    return (alone & rows["kind"].ne("count")).to_numpy()


def _kept(table: Table, owner: np.ndarray) -> np.ndarray:
    """Positions of the rows that their own school must not be shown, for one count."""
    system = read_system(table.cells, table.identities, 2)
    whose = np.full(len(system.n), -1)
    whose[: len(table.place)] = owner[table.place]
    if len(table.rest_of):
        whose[-len(table.rest_of) :] = owner[table.rest_of]
    kept = kept_from(system, whose)[: len(table.place)]
    return table.place[kept]
