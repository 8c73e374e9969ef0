"""When building pays: each scheme that could be built, against places it could make unnecessary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from metrics.methods.breakeven import break_even, invest_to_save
from metrics.outlook.prices import CHILDREN, under_way

LIFE = 25
"""Years a scheme is appraised over, from the first financial year. An assumption."""
AVOIDABLE = ("none_local", "local_full")
"""Reasons for a place away that one more local place would have met."""
_SCHEMES = """
select scheme_id, name, case when designation = 'SEMH' then 'SEMH' else 'other' end as need,
    locality, phase, places, capital_cost::double as capital,
    running_cost_per_place::double as running,
    extract(year from start_date)::integer as starts,
    extract(year from opening_date)::integer as opens
from live_candidate_scheme
where designation is not null and places > 0
order by scheme_id
"""


@dataclass(frozen=True)
class Market:
    """Children away, by need, and what places cost: all by future."""

    need: np.ndarray
    """Of each group away: SEMH or other."""
    phase: np.ndarray
    children: np.ndarray
    """Child-years by future, financial year and group away."""
    away: dict[str, np.ndarray]
    """Pounds a child and year of a place away, by need: by future."""
    travel: dict[str, float]
    """Pounds a child and year of transport to a local special school, by need."""
    avoidable: dict[str, float]
    """Share of places away that one more local place would have met."""
    renewed: dict[str, float]
    """Share of children away who are new there in a year: only they can be placed otherwise."""
    first: int
    """Calendar year the first financial year starts in."""


def avoidable_share(places: pd.DataFrame) -> float | None:
    """The share placed away for want of a local place; None where too few have a reason.

    `places`: placements away under way, with `reason_at_distance`.
    """
    told = places["reason_at_distance"].dropna()
    if len(told) < CHILDREN:
        return None
    return float(told.isin(AVOIDABLE).mean())


def renewed_share(places: pd.DataFrame, day: date) -> float:
    """The share of children away on a day who were not with the same provider a year before.

    A child settled in a school is not moved: places away end as children leave them, and only new
    ones can be placed nearer home.
    """
    key = ["person_id", "provider_id"]
    now, before = (
        under_way(places, at)[key].drop_duplicates()
        for at in (day, (pd.Timestamp(day) - pd.DateOffset(years=1)).date())
    )
    stayed = len(now.merge(before, on=key))
    return 1 - stayed / max(len(now), 1)


def read_schemes(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Schemes that could be built; none where no list of them is loaded."""
    return con.execute(_SCHEMES).df()


def appraise(schemes: pd.DataFrame, market: Market) -> pd.DataFrame:
    """Break-even and present value of every scheme by itself, the rows of table `break_even`.

    Real pounds of the first year: prices stay as they are. A place saves when it is filled by a
    child who would else be away; it is paid for from its opening, filled or not. Children beyond
    the years projected are taken to stay as many as in the last.
    """
    rows = [_appraised(scheme, market) for scheme in schemes.to_dict("records")]
    return pd.DataFrame([row for row in rows if row is not None])


def _appraised(scheme: dict[Any, Any], market: Market) -> dict[str, object] | None:
    need, places = str(scheme["need"]), int(str(scheme["places"]))
    running, capital = float(str(scheme["running"])), float(str(scheme["capital"]))
    away = market.away.get(need)
    if away is None or need not in market.travel:
        return None
    local = running + market.travel[need]
    even = break_even(capital / places, away, local)
    worth = invest_to_save(
        _spent(scheme, capital, market), _filled(scheme, need, places, market),
        away - market.travel[need], _standing(scheme, places * running, market),
    )  # fmt: skip
    year = None if worth.year is None else market.first + worth.year
    return {
        **{k: scheme[k] for k in ("scheme_id", "name", "need", "locality", "phase", "places",
                                  "opens", "capital", "running")},
        "saving": even.saving, "median": _finite(even.median), "low": _finite(even.low),
        "high": _finite(even.high), "never": even.never, "npv": worth.expected,
        "npv_low": worth.low, "npv_high": worth.high, "pays_back": worth.pays_back, "year": year,
        "note": NOTE, "tier": "open",
    }  # fmt: skip


NOTE = (
    "Each scheme by itself: two can't save the same place. It saves by children who would else be"
    " newly placed away for want of a local place, whose needs it is taken to meet; what other"
    " children gain from a place is not counted."
)


def _finite(years: float) -> float | None:
    return years if np.isfinite(years) else None


def _at(year: object, market: Market) -> int:
    """Which year of the appraisal a calendar year is; not before the first."""
    return max(int(str(year)) - market.first, 0)


def _spent(scheme: dict[Any, Any], capital: float, market: Market) -> np.ndarray:
    out = np.zeros(LIFE)
    out[_at(scheme["starts"], market)] = capital
    return out


def _standing(scheme: dict[Any, Any], yearly: float, market: Market) -> np.ndarray:
    out = np.zeros(LIFE)
    out[_at(scheme["opens"], market) :] = yearly
    return out


def _filled(scheme: dict[Any, Any], need: str, places: int, market: Market) -> np.ndarray:
    """Children of a place's kind who would else be away, by future and year of the appraisal."""
    same = market.need == need
    own = same & (market.phase == str(scheme["phase"]))
    chosen = own if own.any() else same
    away = market.children[:, :, chosen].sum(axis=2) * market.avoidable[need]
    later = np.repeat(away[:, [-1]], max(LIFE - away.shape[1], 0), axis=1)
    since = np.arange(LIFE) - _at(scheme["opens"], market) + 1
    new = 1 - (1 - market.renewed[need]) ** np.maximum(since, 0)
    return np.minimum(np.concatenate([away, later], axis=1)[:, :LIFE] * new, places)
