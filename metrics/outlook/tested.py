"""How forecasts of this borough would have done: rolling origins, as known then, against baselines.

What was known at an origin is the moves to it, as the warehouse had them on the day its return was
first loaded; truth is what is known now. A forecast that does no better than a simple line says so,
and that line is shown, unless its ranges held less often.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.methods.backtest import MODEL, NAMES, backtest, held_words, verdict
from metrics.methods.baselines import BASELINES
from metrics.methods.futures.history import CannotProject
from metrics.outlook.base import Outlook
from metrics.outlook.forecasts import FIXED, baseline, made
from metrics.outlook.futures import Simulated, by_phase, project_moves
from metrics.outlook.moves import FLOOR
from metrics.outlook.population import read_people
from metrics.outlook.subjects import KEYS, NEW, Subjects, counted
from metrics.outlook.vintages import moves_known_at

DRAWS = 300
FEWEST = 3
"""A baseline with fewer past forecasts than this proves nothing against the model."""
LEAST = {"naive": 2, "drift": 3, "damped": 4}


@dataclass(frozen=True)
class Series:
    """Each subject's own past: `counts` by January and subject, NaN where it isn't known."""

    years: np.ndarray
    counts: np.ndarray


def look(outlook: Outlook) -> None:
    """The part `past ranges`: scores of past forecasts, and which method is shown for a subject."""
    simulated: Simulated = outlook.lean_on("simulated")
    subjects: Subjects = outlook.lean_on("subjects")
    series = past(simulated, subjects)
    scores = score(outlook, simulated, subjects, series)
    outlook.add("forecast_score", _published(scores, subjects))
    chosen = choose(scores, subjects)
    outlook.add("forecast_choice", chosen.drop(columns="series"))
    instead = _instead(chosen, series)
    if len(instead):
        rows = baseline(subjects, instead, simulated.projection.years)
        note = "shown instead of the model, which did no better on this borough's past"
        rows = rows.assign(locality="all", tier="open", note=note, **FIXED, **made(outlook))
        outlook.add("forecast", rows)


def past(simulated: Simulated, subjects: Subjects) -> Series:
    """What was counted of every subject each January."""
    history = simulated.projection.history
    years, stock, new = counted(history)
    children = simulated.groups.totals(stock, history)
    values = subjects.values(children, by_phase(new, history)).astype(float)
    values[:1, (subjects.frame["subject"] == NEW).to_numpy()] = np.nan
    return Series(years, values)


def score(
    outlook: Outlook, simulated: Simulated, subjects: Subjects, series: Series
) -> pd.DataFrame:
    """Rows of `metrics.methods.backtest.backtest`; `series` is a place in the subjects."""
    frames = []
    new = (subjects.frame["subject"] == NEW).to_numpy()
    for origin in series.years[1:-1].tolist():
        ahead = int(series.years[-1] - origin)
        values = _values_at(outlook, simulated, subjects, origin, ahead)
        for part in (np.flatnonzero(~new), np.flatnonzero(new)):
            told = _vintages(series, part)
            if origin - told["year"].min() < 1:
                continue
            found = values[:, :, part].transpose(2, 0, 1)
            frames.append(backtest(told, _given(found), origins=[origin], years=ahead))
    if not frames:
        raise CannotProject("past ranges need the SEN2 returns of three Januaries in a row")
    return pd.concat(frames, ignore_index=True)


def _given(found: np.ndarray) -> Callable[[pd.DataFrame, int, int], np.ndarray]:
    return lambda table, origin, years: found


def _values_at(
    outlook: Outlook, simulated: Simulated, subjects: Subjects, origin: int, ahead: int
) -> np.ndarray:
    """Futures of every subject as they would have been drawn at an origin."""
    frame = moves_known_at(outlook.con, simulated.moves, origin)
    people = read_people(outlook.con, origin)
    projection = project_moves(frame, people, origin, ahead, DRAWS)
    children = simulated.groups.totals(projection.children, projection.history)
    return subjects.values(children, by_phase(projection.joined, projection.history))


def _vintages(series: Series, part: np.ndarray) -> pd.DataFrame:
    """The layout `backtest` reads; a count is known in the January it is of."""
    year, at = np.meshgrid(series.years, part, indexing="ij")
    rows = pd.DataFrame({"series": at.ravel(), "year": year.ravel(), "published": year.ravel(),
                         "value": series.counts[:, part].ravel()})  # fmt: skip
    return rows.dropna(subset="value")


def choose(scores: pd.DataFrame, subjects: Subjects) -> pd.DataFrame:
    """Rows of `forecast_choice`, with `series` beside them."""
    rows = []
    for at in sorted(scores["series"].unique().tolist()):
        mine = scores[scores["series"] == at]
        tested = mine[mine["method"] == MODEL]
        shown, reason = _shown(mine)
        rows.append((at, *subjects.frame.iloc[at][KEYS], shown, int(tested["held_95"].sum()),
                     len(tested), reason, "open"))  # fmt: skip
    columns = ["series", *KEYS, "method", "held", "tried", "reason", "tier"]
    return pd.DataFrame(rows, columns=columns)


def _shown(mine: pd.DataFrame) -> tuple[str, str]:
    tries = mine.groupby("method")["year"].transform("size")
    found = verdict(mine[tries >= min(FEWEST, tries.max())])
    words = held_words(mine)
    words = f"{words[0].upper()}{words[1:]}."
    if found.beats:
        return MODEL, f"{found.reason} {words}"
    other = mine[mine["method"] == found.shown]
    model = mine[mine["method"] == MODEL].merge(other[["origin", "year"]], on=["origin", "year"])
    if other["held_95"].sum() < model["held_95"].sum():
        return MODEL, (
            f"Over {len(other)} past forecasts {NAMES[found.shown]} came nearer, but its 95 %"
            f" ranges held {int(other['held_95'].sum())} of {len(other)} times and the model's"
            f" {int(model['held_95'].sum())}: the model's range is shown. {words}"
        )
    return found.shown, f"{found.reason} {words}"


def _instead(chosen: pd.DataFrame, series: Series) -> pd.DataFrame:
    """Subjects shown by a baseline, with what it is drawn from."""
    rows = []
    for at, method in zip(chosen["series"], chosen["method"], strict=True):
        values = series.counts[~np.isnan(series.counts[:, at]), at]
        if method in BASELINES and len(values) >= LEAST[method]:
            rows.append((at, method, values))
    return pd.DataFrame(rows, columns=["at", "method", "values"])


def _published(scores: pd.DataFrame, subjects: Subjects) -> pd.DataFrame:
    """Rows of `forecast_score`: borough-wide subjects, and no small count that came."""
    wide = np.flatnonzero(subjects.wide)
    rows = scores[scores["series"].isin(wide) & (scores["actual"] >= FLOOR)]
    keys = subjects.frame.iloc[rows["series"].tolist()].reset_index(drop=True)
    told = rows.reset_index(drop=True).drop(columns=["series", "scale"])
    told = told.rename(columns={"held_80": "in_80", "held_95": "in_95"})
    told["q50"] = told["mean"]
    for name in ("mean", "q025", "q10", "q50", "q90", "q975"):
        told[name] = np.round(np.maximum(told[name], 0))
    return pd.concat([keys, told], axis=1).assign(source="backtest", tier="open")
