"""The attack as each headteacher: what partners read, and their own school's exact figures.

Like any outsider they find for themselves what adds up; unlike others they can take their own
school's counts away first. Each is taken alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from models.observation import AreaKind
from publish.classify import KEY
from publish.guess import believed, guess_links
from publish.outsider import Rules, countable, equations, measures, name_of, ties_of
from publish.own_school import of_one_child, schools_own
from publish.owners import learnt, tied
from publish.solver import NoSolution, load_model, solve
from publish.system import System

TAKEN = ["numerator", "denominator", "value"]


def attack_as_heads(
    rows: pd.DataFrame,
    own: pd.DataFrame,
    documents: list[dict[str, Any]],
    areas: pd.DataFrame,
    rules: Rules,
) -> list[str]:
    """Leaks in words: what no head may read, and what one learns of others from what they may.

    `rows` is what partners read and `own` every exact row (OBSERVATION_COLUMNS), each read by the
    head of the school it is about; the rest as for `publish.outsider.attack`.
    """
    leaks = _not_theirs(own, documents)
    seen = countable(rows, documents, rules)
    exact = seen[KEY].merge(own[[*KEY, *TAKEN]].drop_duplicates(KEY), on=KEY, how="left")
    told = seen["status"].eq("suppressed") & exact["value"].notna().to_numpy()
    if not told.any():
        return leaks
    filled = seen.assign(**{n: seen[n].where(~told, exact[n].to_numpy()) for n in TAKEN})
    school = seen["area_kind"].eq(AreaKind.SCHOOL).to_numpy()
    owner = np.where(school, pd.factorize(seen["area_id"])[0], -1)
    links = guess_links(seen, areas)
    theirs = zip(measures(seen, rules), measures(filled, rules), strict=True)
    for (measure, (n, most), least), (_, (known, _), _) in theirs:
        ties = ties_of(seen, links, measure, n.where(n.eq(most)))
        bounds = n.to_numpy(), most.to_numpy()
        system = equations(believed(ties, *bounds), bounds, least)
        leaks += _learnt(seen, measure, _fitted(system, seen, owner, known.to_numpy()))
    return leaks


def _not_theirs(own: pd.DataFrame, documents: list[dict[str, Any]]) -> list[str]:
    """Exact rows that are not a school's own to know, or are of one child."""
    sources = own["metric_id"].map({d["id"]: schools_own(d["sources"]) for d in documents})
    kinds = own["metric_id"].map({d["id"]: d["kind"] for d in documents})
    wrong = {
        "exact, though not about one school": own["area_kind"].ne(AreaKind.SCHOOL),
        "exact, though not of schools' own returns": ~sources.fillna(False).astype(bool),
        "exact, though of one child": pd.Series(of_one_child(own.assign(kind=kinds)), own.index),
    }
    return [
        f"{name_of(own, at)}: {words}"
        for words, rows in wrong.items()
        for at in np.flatnonzero(rows)
    ]


@dataclass(frozen=True)
class _Fitted:
    """A system whose `n` fit it, whose its cells are, and which their owners are told."""

    system: System
    owner: np.ndarray
    own: np.ndarray


def _fitted(system: System, rows: pd.DataFrame, owner: np.ndarray, known: np.ndarray) -> _Fitted:
    """The equations with numbers that fit all that is published, to all heads together.

    One head sees less, and may think of other numbers, too; but where two that are far apart fit
    what all heads know, they fit what one knows. A group that no numbers fit is left out: what an
    outsider guessed to add up does not.
    """
    size, count = len(system.n), len(rows)
    whose, own = np.full(size, -1), np.zeros(size, dtype=bool)
    whose[:count] = owner
    own[:count] = system.hidden[:count] & ~np.isnan(known) & (owner >= 0)
    low = np.where(system.hidden, system.least, system.n)
    high = np.where(system.hidden, system.most, system.n)
    low[:count] = np.where(own[:count], known, low[:count])
    high[:count] = np.where(own[:count], known, high[:count])
    n, hidden = system.n.copy(), system.hidden.copy()
    group = tied(system, hidden)
    for number in np.unique(group[own]):
        at = np.flatnonzero(group == number)
        found = _numbers(system, at, low, high)
        n[at] = np.where(np.isnan(found), 0.0, found)
        hidden[at] = ~np.isnan(found)
    hidden &= np.isin(group, group[own])
    threshold = np.concatenate([rows["threshold"], system.threshold[count:]])
    fitted = replace(system, n=n, hidden=hidden, threshold=threshold)
    return _Fitted(fitted, whose, own & hidden)


def _numbers(system: System, at: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Numbers of the hidden cells of one group that fit; NaN where none do."""
    lines = np.flatnonzero(np.diff(system.matrix[:, at].indptr))
    shown = np.where(system.hidden, 0.0, system.n)
    right = -(system.matrix[lines] @ shown)
    model = load_model(system.matrix[lines][:, at], right, low[at], high[at])
    try:
        solve(model)
    except NoSolution:
        return np.full(len(at), np.nan)
    return np.round(np.asarray(model.getSolution().col_value))


def _learnt(rows: pd.DataFrame, measure: str, fitted: _Fitted) -> list[str]:
    found = learnt(fitted.system, fitted.owner, fitted.own)
    found = found[found["cell"] < len(rows)]
    return [
        f"{name_of(rows, cell)}: {measure} between {low:g} and {high:g} for a head of another"
        for cell, low, high in found[["cell", "lower", "upper"]].itertuples(index=False, name=None)
    ]
