"""Children who will need a specialist place, by designation, phase and locality, in every future.

Those counted at the origin (in a place here, away for want of one, or waiting) grow as the futures
of their group do; where in the borough and for what designation they need it is drawn from where
such children live now. Early years children are counted with the primary ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from metrics.methods.futures.history import CannotProject
from metrics.outlook.building import AVOIDABLE
from metrics.outlook.futures import Futures
from metrics.outlook.seekers import CLASSES, seekers
from metrics.outlook.supply import PHASES

SEED = 6
LEAN = 3.0
"""Children for whom the shares of all classes together count beside a class's own."""
SURE_OF_REASON = 10.0
"""Children for whom the reasons of all needs together count beside a need's own."""
AT_HOME = ("State-funded special school", "Unit or resourced provision")
AWAY = "Independent or non-maintained"
CELL = ["designation", "phase", "locality"]
_REASONS = f"""
select case when primary_need = 'SEMH' then 'SEMH' else 'other' end as need,
    count(*) filter (reason_at_distance in {AVOIDABLE}) as avoidable, count(*) as told
from live_placement_cost
where not in_borough and reason_at_distance is not null and end_date is null
    and placement_type in ('independent_special', 'nmss', 'special')
group by all
"""


@dataclass(frozen=True)
class Demand:
    """Children who need a specialist place."""

    cells: pd.DataFrame
    """`designation, phase, locality, now`: a row a cell; `now` is children at the origin."""
    years: np.ndarray
    children: np.ndarray
    """By future, January and cell."""
    origin: int
    avoidable: dict[str, float]
    """Share of those away, by need, who would be here if there were a place."""

    def of(self, *keys: str) -> np.ndarray:
        """The cell each combination of keys stands for is found by grouping; its code by cell."""
        return self.cells.groupby(list(keys), sort=True).ngroup().to_numpy()


def demand(con: duckdb.DuckDBPyConnection, futures: Futures, years: int) -> Demand:
    """Need for specialist places in the first `years` Januaries of the futures.

    Raises CannotProject where no child needs one at the origin.
    """
    rows = seekers(con)
    now = rows[rows["january"] == futures.origin]
    if now.empty:
        raise CannotProject(f"no child needed a specialist place in January {futures.origin}")
    cells = now.groupby(CELL)["children"].sum().rename("now").reset_index()
    rng = np.random.default_rng([SEED, futures.origin])
    beta = _avoidable(con)
    total = np.zeros((futures.draws, years, len(cells)), dtype=int)
    recent = rows[rows["january"] >= futures.origin - 1]
    for keys, part in now.groupby(["need", "phase", "class"]):
        need, phase, kind = (str(key) for key in keys)
        expected = _grown(futures, need, phase, kind, years) * part["children"].sum()
        children = rng.binomial(np.ceil(expected).astype(int), _fraction(expected))
        if kind == "away":
            share = rng.beta(*beta[need], size=(futures.draws, 1))
            children = rng.binomial(children, share)
        total += _spread(children, _weights(recent, cells, need, phase, kind), rng)
    mean = {need: a / (a + b) for need, (a, b) in beta.items()}
    return Demand(cells, futures.years[:years], total, futures.origin, mean)


def _fraction(children: np.ndarray) -> np.ndarray:
    """Chance that rounds up to whole children without changing their mean."""
    up = np.ceil(children)
    return np.divide(children, up, out=np.zeros_like(children), where=up > 0)


def _grown(futures: Futures, need: str, phase: str, kind: str, years: int) -> np.ndarray:
    """Children by future and January, to those at the origin: of the nearest group there is."""
    for chosen in _nearest(futures.groups, need, phase, kind):
        base = futures.groups.loc[chosen, "base"].sum()
        if base > 0:
            return futures.children[:, :years, chosen.to_numpy()].sum(axis=2) / base
    raise CannotProject(f"the futures have no child with {need} need at their origin")


def _nearest(groups: pd.DataFrame, need: str, phase: str, kind: str) -> list[pd.Series]:
    """Groups from the nearest to the widest: of the same need, phase and kind, or fewer of them."""
    here = groups["establishment"].isin(AT_HOME) & groups["in_borough"]
    away = (groups["establishment"].isin(AT_HOME) & ~groups["in_borough"]) | (
        groups["establishment"] == AWAY
    )
    kinds = {"local": here, "away": away, "waiting": here | away}
    same = groups["need"] == need
    aged = groups["phase"].isin([phase, *(["early years"] if phase == PHASES[0] else [])])
    return [same & aged & kinds[kind], same & kinds[kind], same & (here | away), same, ~same]


def _avoidable(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[float, float]]:
    """Beta of the share away for want of a place here, by need; reasons told pool over needs.

    Where no reason is told, every child away is taken to want one.
    """
    rows = con.execute(_REASONS).df().set_index("need").reindex(["SEMH", "other"], fill_value=0)
    told = rows["told"].sum()
    common = rows["avoidable"].sum() / told if told else 1.0
    strength = SURE_OF_REASON if told else 1e6
    yes = rows["avoidable"] + strength * max(common, 1e-6)
    no = rows["told"] - rows["avoidable"] + strength * max(1 - common, 1e-6)
    return {need: (float(yes[need]), float(no[need])) for need in rows.index}


def _weights(recent: pd.DataFrame, cells: pd.DataFrame, need: str, phase: str, kind: str
             ) -> np.ndarray:  # fmt: skip
    """Dirichlet weights of the cells: a class's own children of two Januaries, and some of all."""
    mine = recent[(recent["need"] == need) & (recent["phase"] == phase)]
    years = recent["january"].nunique()
    table = mine.pivot_table(index=CELL, columns="class", values="children", aggfunc="sum")
    table = table.reindex(pd.MultiIndex.from_frame(cells[CELL])).reindex(columns=list(CLASSES))
    counts = table.fillna(0.0).to_numpy() / years
    own, wide = counts[:, CLASSES.index(kind)], counts.sum(axis=1)
    return np.asarray(own + LEAN * wide / max(wide.sum(), 1.0))


def _spread(children: np.ndarray, weight: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Children by future and January, given to cells by shares that one future keeps."""
    some = weight > 0
    shares = np.zeros((len(children), len(weight)))
    shares[:, some] = rng.dirichlet(weight[some], len(children))
    return np.asarray(rng.multinomial(children, shares[:, None, :]))
