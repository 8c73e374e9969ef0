"""What futures cost: places away, and the high-needs budget by kind of provision, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics.outlook.ledger import Ledger
from metrics.outlook.prices import under_way
from metrics.outlook.volumes import child_years, share_gone
from models.provision_kinds import OUTSIDE_GRANT, PLACES, SERVICES, family_of

POOL = ("1.0.2", "1.2.1", "1.2.2")
"""Place funding and top-ups, which pay for all state-funded kinds of provision together."""


@dataclass(frozen=True)
class Priced:
    """Groups of futures with their price: arrays by group, and by future and group."""

    family: np.ndarray
    need: np.ndarray
    inside: np.ndarray
    unit: np.ndarray
    """Pounds a child and year, NaN where there is none; by group."""
    drawn: np.ndarray
    """The same, as it may be in each future; by future and group."""
    parts: pd.DataFrame
    """Price parts by group."""
    basis: list[str]


def priced(groups: pd.DataFrame, table: pd.DataFrame, draws: int,
           rng: np.random.Generator) -> Priced:  # fmt: skip
    """The price of each group of futures, and what it may turn out to be in each future.

    One error is drawn for each kind of place and need and holds in all years of a future.
    """
    family = groups["setting"].map(family_of).to_numpy()
    need = np.where(groups["need"] == "SEMH", "SEMH", "other")
    inside = groups["in_borough"].to_numpy(dtype=bool)
    key = pd.MultiIndex.from_arrays([family, inside, need])
    rows = table.set_index(["family", "in_borough", "need"]).reindex(key)
    unit = rows["total"].to_numpy(dtype=float)
    kinds, kind = np.unique([f"{f}|{i}|{n}" for f, i, n in key], return_inverse=True)
    noise = rng.standard_normal((draws, len(kinds)))[:, kind]
    drawn = np.maximum(unit + rows["se"].to_numpy(dtype=float) * noise, 0.0)
    return Priced(family, need, inside, unit, drawn, rows.reset_index(drop=True),
                  rows["basis"].fillna("").tolist())  # fmt: skip


@dataclass(frozen=True)
class Away:
    """Children placed away and their cost, by future and financial year."""

    child_years: np.ndarray
    cost: np.ndarray
    known: float
    """Pounds of the first year that the register already knows."""


def away(chosen: np.ndarray, base: np.ndarray, children: np.ndarray, price: Priced,
         paths: np.ndarray, places: pd.DataFrame, day: date) -> Away:  # fmt: skip
    """Cost of the chosen groups: what the register knows of the first year, then the futures.

    `places` are the register's placements of the same children. Futures count plans in January;
    the register counts placements paid for: futures are scaled by the register's number on the
    census day over the plans counted that day. Days of the first year up to `day` are as they were.
    """
    census = pd.Timestamp(day.year if day.month >= 4 else day.year - 1, 1, 16)
    scale = len(under_way(places, census.date())) / max(base[chosen].sum(), 1.0)
    gone = share_gone(day)
    rest = child_years(base[chosen], children[:, :, chosen], gone)[:, : paths.shape[1]] * scale
    rest[:, 0] *= 1 - gone
    cost = (rest * price.drawn[:, None, chosen]).sum(axis=2) * paths
    held = _held(places, day)
    years = rest.sum(axis=2)
    years[:, 0] += held.sum()
    known = float((held * places["total"]).sum())
    cost[:, 0] += known
    return Away(years, cost, known)


def _held(places: pd.DataFrame, day: date) -> pd.Series:
    """The share of the year that each placement has lasted from 1 April to a day."""
    first = pd.Timestamp(day.year if day.month >= 4 else day.year - 1, 4, 1)
    last = pd.Timestamp(day)
    start = np.maximum(places["start_date"].to_numpy(), first.to_numpy())
    end = np.minimum(places["end_date"].fillna(last).to_numpy(), last.to_numpy())
    days = (end - start) / np.timedelta64(1, "D") + 1
    return pd.Series(np.maximum(days, 0) / 365, index=places.index)


def pool_shares(volume: np.ndarray, price: Priced, pool: float) -> dict[str, float]:
    """How place funding and top-ups (in all `pool` pounds) divide among families; adds up to 1.

    `volume`: child-years by group. Special, unit and alternative places at the register's prices
    without transport; the rest is shared by plans in mainstream schools and colleges, alike for
    each. Where the register's places alone come to more than the lines, they are scaled to them.
    """
    fee = (price.parts["fee"] + price.parts["place_funding"]).fillna(0).to_numpy()
    cost = {f: float((volume * fee)[price.family == f].sum())
            for f in ("special", "unit", "alternative")}  # fmt: skip
    rest = pool - sum(cost.values())
    if rest < 0:
        return {f: c / sum(cost.values()) for f, c in cost.items()} | {
            "mainstream": 0.0, "college": 0.0}  # fmt: skip
    others = {f: float(volume[price.family == f].sum()) for f in ("mainstream", "college")}
    whole = sum(others.values()) or 1.0
    return {f: c / pool for f, c in cost.items()} | {
        f: rest / pool * n / whole for f, n in others.items()
    }


def high_needs(volume: np.ndarray, price: Priced, ledger: Ledger,
               rises: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:  # fmt: skip
    """High-needs spending by kind of provision or service: pounds by future and financial year.

    `volume`: child-years by future, year and group; `rises`: price paths by sector. The first
    year is the ledger's outturn; later ones grow with child-years and prices. Keys: the words of
    PLACES, SERVICES and OUTSIDE_GRANT; they add up to all lines.
    """
    first = _first_year(volume, price, ledger)
    unit = np.nan_to_num(price.parts["total"].to_numpy(dtype=float))
    out = {}
    for family, words in PLACES.items():
        chosen = price.family == family
        weight = unit[chosen] if unit[chosen].all() else np.ones(int(chosen.sum()))
        sector = "independent" if family == "independent" else "state"
        out[words] = first[words][:, None] * _growth(volume[:, :, chosen] @ weight, volume)
        out[words] = out[words] * rises[sector]
    for words in (*SERVICES, "SEN administration"):
        out[words] = first[words][:, None] * _growth(volume.sum(axis=2), volume)
        out[words] = out[words] * rises["services"]
    travel = volume @ np.nan_to_num(price.parts["transport"].to_numpy(dtype=float))
    out["SEN transport"] = first["SEN transport"][:, None] * _growth(travel, volume)
    out["SEN transport"] = out["SEN transport"] * rises["services"]
    return out


def _growth(by_year: np.ndarray, volume: np.ndarray) -> np.ndarray:
    """Each year over the first; that of all plans where there is nothing in the first."""
    plans = volume.sum(axis=2)
    idle = by_year[:, [0]] <= 0
    growth: np.ndarray = np.where(idle, plans, by_year) / np.where(idle, plans, by_year)[:, [0]]
    return growth


def _first_year(volume: np.ndarray, price: Priced, ledger: Ledger) -> dict[str, np.ndarray]:
    pool, post16 = ledger.of(*POOL), ledger.of("1.2.3", part="post-16")
    shares = pool_shares(volume[:, 0].mean(axis=0), price, float(pool.mean()))
    first = {words: pool * shares.get(family, 0.0) for family, words in PLACES.items()}
    first[PLACES["independent"]] = ledger.of("1.2.3") - post16
    first[PLACES["college"]] = first[PLACES["college"]] + post16
    first[PLACES["alternative"]] = first[PLACES["alternative"]] + ledger.of("1.2.6", "1.2.7")
    lines = SERVICES | OUTSIDE_GRANT
    return first | {words: ledger.of(*codes) for words, codes in lines.items()}


def price_volume_mix_draws(volume: np.ndarray, cost: np.ndarray) -> dict[str, np.ndarray]:
    """Why the bill changes from the first to the last year, in each future; the parts add up.

    `volume` and `cost`: by future, category and (before, after). As
    `metrics.methods.value.price_volume_mix`, for many futures at once.
    """
    v0, v1 = volume[..., 0], volume[..., 1]
    one, other = _unit(cost[..., 0], v0), _unit(cost[..., 1], v1)
    p0 = np.where(np.isnan(one), other, one)
    p1 = np.where(np.isnan(other), p0, other)
    p0, p1 = np.nan_to_num(p0), np.nan_to_num(p1)
    n0, n1 = v0.sum(axis=1, keepdims=True), v1.sum(axis=1, keepdims=True)
    share0 = v0 / np.where(n0 > 0, n0, 1)
    share1 = np.where(n1 > 0, v1 / np.where(n1 > 0, n1, 1), share0)
    return {
        "Number of places": ((n1 - n0) * share0 * p0).sum(axis=1),
        "What a place costs": (v1 * (p1 - p0)).sum(axis=1),
        "Mix of places": (n1 * (share1 - share0) * p0).sum(axis=1),
    }


def _unit(cost: np.ndarray, volume: np.ndarray) -> np.ndarray:
    return np.where(volume > 0, cost / np.where(volume > 0, volume, 1), np.nan)
