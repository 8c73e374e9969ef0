"""The borough's own futures: simulated once, shared by every other part of looking ahead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.methods.futures.history import History
from metrics.methods.projection import Projection, project
from metrics.outlook.base import Outlook
from metrics.outlook.groups import NEEDS, PHASES, Groups, make_groups, need_of, phase_of
from metrics.outlook.kernel import make_kernel
from metrics.outlook.moves import Moves, read_moves
from metrics.outlook.population import People, read_people

YEARS, DRAWS, KEPT, SEED = 10, 1000, 500, 2026


@dataclass(frozen=True)
class Futures:
    """The same simulated futures for every part. `group_id` is a place in the last axis."""

    origin: int
    """The January the futures start from."""
    years: np.ndarray
    """Januaries ahead, one after the other."""
    groups: pd.DataFrame
    """`group_id, need, phase, setting, establishment, designation, in_borough, base`."""
    children: np.ndarray
    """Children by future, January and group."""
    joined: np.ndarray
    """Children newly counted by future, January, need and phase (NEEDS, PHASES of groups)."""
    kernel: pd.DataFrame
    """`need, phase, lag, group_id, share` as in `models.outlook`."""
    localities: tuple[str, ...]
    homes: pd.DataFrame
    """`need, phase, locality, children` at the origin."""
    notes: tuple[str, ...]
    needs: tuple[str, ...] = NEEDS
    phases: tuple[str, ...] = PHASES

    @property
    def draws(self) -> int:
        """How many futures there are."""
        return int(self.children.shape[0])

    def locality(self, need: str, phase: str) -> np.ndarray:
        """Shares of a need's children of a phase (`all` is every one) by future and locality.

        Drawn from where children live at the origin, leaning on all children of that need, these
        on all; columns as `localities`, rows add up to 1.
        """
        counts = self._living(need, phase)
        wide = self._living(need, "all") + 10 * _share(self._living("all", "all"))
        weight = counts + 10 * _share(wide)
        rng = np.random.default_rng([SEED, _code(NEEDS, need), _code(PHASES, phase)])
        return rng.dirichlet(weight, self.draws)

    def _living(self, need: str, phase: str) -> np.ndarray:
        rows = self.homes
        here = rows["need"].isin([need] if need != "all" else NEEDS)
        here &= rows["phase"].isin([phase] if phase != "all" else PHASES)
        by = rows[here].groupby("locality")["children"].sum()
        return by.reindex(list(self.localities), fill_value=0).to_numpy(dtype=float)


def _share(counts: np.ndarray) -> np.ndarray:
    return (counts + 1) / (counts.sum() + len(counts))


def _code(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)


@dataclass(frozen=True)
class Simulated:
    """Every future simulated, before some are kept."""

    moves: Moves
    projection: Projection
    groups: Groups
    people: People
    children: np.ndarray
    """Children by future, January and group."""
    joined: np.ndarray
    """Children newly counted by future, January, need and phase."""


def look(outlook: Outlook) -> None:
    """The part `futures`: leaves a `Futures` for later parts and fills the tables of futures."""
    simulated = simulate(outlook)
    futures = make_futures(simulated)
    outlook.left |= {"simulated": simulated, "futures": futures}
    for name, rows in tables(futures).items():
        outlook.add(name, rows)


def simulate(outlook: Outlook, years: int = YEARS, draws: int = DRAWS) -> Simulated:
    """Simulated futures from the newest January there is."""
    moves = read_moves(outlook.con)
    people = read_people(outlook.con, moves.origin)
    projection = project_moves(moves.frame, people, moves.origin, years, draws)
    groups = make_groups(projection.history, moves.settings)
    children = groups.totals(projection.children, projection.history)
    joined = by_phase(projection.joined, projection.history)
    return Simulated(moves, projection, groups, people, children, joined)


def project_moves(
    frame: pd.DataFrame, people: People, origin: int, years: int, draws: int
) -> Projection:
    """The borough's moves projected: its own unsteadiness, cohorts that may differ."""
    ages, first = frame["academic-year-2"], int(frame["calendar-year"].min())
    population = people.frame(first, origin + years, np.arange(ages.min(), ages.max() + 1))
    return project(
        frame, population, origin=origin, years=years, draws=draws, seed=SEED,
        people=people.spread(years), own=True,
    )  # fmt: skip


def by_phase(joined: np.ndarray, history: History) -> np.ndarray:
    """By academic year and need (last two axes) summed into NEEDS and PHASES."""
    need = np.eye(len(NEEDS), dtype=np.int32)[need_of(history)]
    phase = np.eye(len(PHASES), dtype=np.int32)[phase_of(history.ages)]
    out: np.ndarray = np.einsum("...an,nm,ap->...mp", joined, need, phase, optimize=True)
    return out


def make_futures(simulated: Simulated) -> Futures:
    """The futures kept, in groups."""
    moves, projection = simulated.moves, simulated.projection
    kept = _spread_out(simulated.children.sum(axis=2))
    homes = moves.homes.assign(
        need=np.where(moves.homes["need"] == NEEDS[0], *NEEDS),
        phase=np.array(PHASES)[phase_of(moves.homes["age"].to_numpy())],
    )
    homes = homes.groupby(["need", "phase", "locality"])[["children"]].sum().reset_index()
    return Futures(
        origin=moves.origin, years=projection.years, groups=simulated.groups.frame,
        children=simulated.children[kept], joined=simulated.joined[kept],
        kernel=make_kernel(projection, simulated.groups, len(projection.years)),
        localities=tuple(sorted(homes["locality"].unique())), homes=homes,
        notes=(*moves.notes, *projection.notes),
    )  # fmt: skip


def _spread_out(total: np.ndarray) -> np.ndarray:
    """Which futures are kept: every second by size, so that ranges stay those of all."""
    order = np.argsort(total.sum(axis=1), kind="stable")
    step = max(1, len(order) // KEPT)
    return np.sort(order[step // 2 :: step][:KEPT])


def tables(futures: Futures) -> dict[str, pd.DataFrame]:
    """Rows of `future_group`, `future`, `future_joined` and `future_kernel`."""
    groups = futures.groups.drop(columns=["establishment", "designation"])
    draws, years = np.arange(futures.draws), futures.years
    names = pd.DataFrame(
        [(need, phase) for need in futures.needs for phase in futures.phases],
        columns=["need", "phase"],
    )
    children = _long(futures.children, draws, years)
    joined = _long(futures.joined.reshape(*futures.joined.shape[:2], -1), draws, years)
    told = names.iloc[joined.pop("key")].reset_index(drop=True)
    return {
        "future_group": groups.assign(tier="open"),
        "future": children.rename(columns={"key": "group_id"}),
        "future_joined": pd.concat([joined, told], axis=1),
        "future_kernel": futures.kernel,
    }


def _long(values: np.ndarray, draws: np.ndarray, years: np.ndarray) -> pd.DataFrame:
    draw, year, key = np.meshgrid(draws, years, np.arange(values.shape[2]), indexing="ij")
    return pd.DataFrame({"draw": draw.ravel(), "year": year.ravel(), "key": key.ravel(),
                         "children": values.ravel()})  # fmt: skip
