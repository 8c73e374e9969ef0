"""Alternative provision as its own return tells it: who is there, from which school, and why.

Someone permanently excluded is there for that reason; the rest follow the shares below.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic.clock import Census, days_of
from data.synthetic.world import NOWHERE, World

NOT_EXCLUDED = {"MHN": 38, "NEW": 14, "PHN": 6, "OTH": 30, "EHC": 12}
SETTING_URN_SHARE, SETTING_UKPRN_SHARE = 0.25, 0.15
"""Of AP that schools arrange: at a registered setting, at another with a UKPRN, or neither."""
UKPRN_BASE = 19_900_000


def in_alternative_provision(world: World, census: Census) -> pd.DataFrame:
    """Pupils of the referral units at a census: person, school, the school before, reason, SEN."""
    return _told(world, census.index, np.flatnonzero(_at_unit(world, census.index)))


def left_alternative_provision(world: World, census: Census) -> pd.DataFrame:
    """The same for those who have left a unit since the census before."""
    t = census.index
    if t == 0:
        return _told(world, 0, np.empty(0, dtype=int))
    gone = _at_unit(world, t - 1) & ~_at_unit(world, t)
    return _told(world, t - 1, np.flatnonzero(gone))


def _at_unit(world: World, t: int) -> np.ndarray:
    at = world.grids["school_at"][t]
    return (at != NOWHERE) & (world.schools["phase"].to_numpy() == "PRU")[at]


def _told(world: World, t: int, who: np.ndarray) -> pd.DataFrame:
    before, since = _before(world, t, who)
    excluded = _excluded_by(world, t, who)
    draw = (who * 2654435761 % 9973) / 9973
    edges = np.cumsum(list(NOT_EXCLUDED.values())) / sum(NOT_EXCLUDED.values())
    labels = np.array(list(NOT_EXCLUDED), dtype=object)
    reason = labels[np.minimum(np.searchsorted(edges, draw), len(labels) - 1)]
    reason = np.where(
        world.grids["sen"][t, who] == 2, reason, np.where(reason == "EHC", "OTH", reason)
    )
    return pd.DataFrame({
        "person": who, "school": world.grids["school_at"][t, who], "before": before,
        "reason": np.where(excluded, "PEX", reason),
        "sen": np.array(["N", "K", "E"])[world.grids["sen"][since, who]],
    })  # fmt: skip


def _before(world: World, t: int, who: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The last school that was no unit, and the census from which each has been in one."""
    before, since = np.full(len(who), NOWHERE), np.full(len(who), t)
    looking = np.ones(len(who), dtype=bool)
    for earlier in range(t - 1, -1, -1):
        unit = _at_unit(world, earlier)[who]
        since = np.where(looking & unit, earlier, since)
        found = looking & ~unit
        before[found] = world.grids["school_at"][earlier, who[found]]
        looking &= unit
    return before, since


def _excluded_by(world: World, t: int, who: np.ndarray) -> np.ndarray:
    table = world.tables["permanent"]
    day = days_of(world.censuses[t].day)
    return np.isin(who, table.loc[table["day"] <= day, "person"].to_numpy())


def settings_of(world: World, rows: pd.DataFrame) -> pd.DataFrame:
    """Where schools arranged AP: a URN, a UKPRN, or the type of a setting that has neither."""
    draw = (rows["person"].to_numpy() * 40503 % 9973) / 9973
    unit = int(world.schools.loc[world.schools["key"] == "pru-2", "urn"].iloc[0])
    urn = draw < SETTING_URN_SHARE
    ukprn = ~urn & (draw < SETTING_URN_SHARE + SETTING_UKPRN_SHARE)
    return rows.assign(
        setting_urn=np.where(urn, unit, 0),
        setting_ukprn=np.where(ukprn, UKPRN_BASE + rows["person"].to_numpy() % 7, 0),
        setting=np.where(urn | ukprn, "", rows["setting"]),
    )
