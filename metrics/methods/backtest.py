"""How a forecast would have done: rolling origins, with only the figures known at each.

Every origin is forecast anew from what had been published by then; what came of it is scored
against simple baselines given the same figures. A forecast that does not beat them says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.methods._checks import Floats, known
from metrics.methods.baselines import BASELINES, Baseline
from metrics.methods.scores import crps, crps_normal, interval_score
from models.likely import range_words

__all__ = [
    "Forecaster", "Verdict", "as_known", "backtest", "by_horizon", "held_words", "range_words",
    "verdict",
]  # fmt: skip

COLUMNS = ("series", "year", "published", "value")
MODEL = "model"
Forecaster = Callable[[pd.DataFrame, int, int], Floats]
"""From what was known (a row a series, a column a year), the origin and how many years ahead, to
futures: shape (series, draws, years)."""


@dataclass(frozen=True)
class Verdict:
    """Whether the forecast may be shown, and what to show instead."""

    beats: bool
    shown: str
    """`model`, or the baseline to be shown instead."""
    skill: dict[str, float]
    """Share of each baseline's CRPS that the forecast saves; above 0 is better than it."""
    reason: str


def as_known(vintages: pd.DataFrame, origin: int) -> pd.DataFrame:
    """What was known at the end of the origin year: a row a series, a column a year.

    `vintages` has `series, year, published, value`: the value of a year as published in a later
    (or that) year; a revision is a further row. The latest one published by the origin counts.
    Raises ValueError for missing columns, and for a value published twice in one year.
    """
    missing = [column for column in COLUMNS if column not in vintages]
    if missing:
        raise ValueError(f"columns missing: {', '.join(missing)}; needed are {COLUMNS}")
    twice = vintages.duplicated(["series", "year", "published"])
    if twice.any():
        row = vintages[twice].iloc[0]
        raise ValueError(f"{row['year']} is given twice as published in {row['published']}")
    seen = vintages[(vintages["published"] <= origin) & (vintages["year"] <= origin)]
    last = seen.sort_values("published").drop_duplicates(["series", "year"], keep="last")
    return last.pivot_table(index="series", columns="year", values="value")


def backtest(
    vintages: pd.DataFrame,
    forecaster: Forecaster,
    *,
    origins: Iterable[int],
    years: int,
) -> pd.DataFrame:
    """Forecast from every origin and score what came, for the model and for every baseline.

    Series with a gap up to the origin are left out at it; so are years not yet counted. Truth is
    the latest figure published. Returns a row a `method, series, origin, year`, with `horizon`
    (1 is the year after the origin), `actual, mean, q025, q10, q90, q975, crps, interval_score`
    (of the 95 % range), `scale` (mean yearly change known at the origin, at least 1) and `held_80`,
    `held_95`. A baseline that too few years allow is left out.
    Raises ValueError where nothing at all can be scored.
    """
    truth = as_known(vintages, int(vintages[["published", "year"]].to_numpy().max()))
    frames = []
    for origin in origins:
        table = as_known(vintages, origin).dropna()
        if table.empty or table.columns[-1] != origin:
            raise ValueError(f"no series is known up to the origin {origin}; choose another")
        frames += list(_from_origin(table, truth, forecaster, origin, years))
    scores = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    if scores.empty:
        raise ValueError("no year after any origin has been counted: there is nothing to score")
    return scores


def _from_origin(
    table: pd.DataFrame, truth: pd.DataFrame, forecaster: Forecaster, origin: int, years: int
) -> Iterable[pd.DataFrame]:
    futures = known(forecaster(table, origin, years), "futures")
    if futures.ndim != 3 or futures.shape[::2] != (len(table), years):
        raise ValueError(f"the forecast has shape {futures.shape}; ({len(table)}, draws, {years})")
    scale = np.maximum(np.abs(np.diff(table.to_numpy(), axis=1)).mean(axis=1), 1.0)
    values = {
        name: [method(row, years) for row in table.to_numpy()]
        for name, method in BASELINES.items()
        if table.shape[1] >= _LEAST[name]
    }
    for ahead in range(years):
        if origin + ahead + 1 not in truth:
            return
        actual = truth[origin + ahead + 1].reindex(table.index).to_numpy()
        keys = {"origin": origin, "horizon": ahead + 1, "year": origin + ahead + 1}
        yield _rows(_of_futures(actual, futures[:, :, ahead]), MODEL, table, scale, actual, keys)
        for name, given in values.items():
            yield _rows(_of_baseline(actual, given, ahead), name, table, scale, actual, keys)


_LEAST = {"naive": 2, "drift": 3, "damped": 4}


def _of_futures(actual: Floats, futures: Floats) -> dict[str, Floats]:
    limits = np.quantile(futures, [0.025, 0.1, 0.9, 0.975], axis=1)
    score = crps(np.nan_to_num(actual), futures)
    return dict(
        zip(("mean", *_LIMITS, "crps"), (futures.mean(axis=1), *limits, score), strict=True)
    )


_LIMITS = ("q025", "q10", "q90", "q975")


def _of_baseline(actual: Floats, given: list[Baseline], ahead: int) -> dict[str, Floats]:
    mean, sd = (np.array([getattr(b, part)[ahead] for b in given]) for part in ("mean", "sd"))
    # A series that never moved has no spread: its score is the error itself.
    score = crps_normal(np.nan_to_num(actual), mean, np.maximum(sd, 1e-9))
    from scipy.special import ndtri

    limits = (mean + sd * ndtri(q) for q in (0.025, 0.1, 0.9, 0.975))
    return dict(zip(("mean", *_LIMITS, "crps"), (mean, *limits, score), strict=True))


def _rows(
    part: dict[str, Floats],
    method: str,
    table: pd.DataFrame,
    scale: Floats,
    actual: Floats,
    keys: dict[str, int],
) -> pd.DataFrame:
    rows = pd.DataFrame({"method": method, "series": table.index, **keys, "actual": actual, **part})
    rows["interval_score"] = interval_score(np.nan_to_num(actual), part["q025"], part["q975"])
    rows["held_80"] = (part["q10"] <= actual) & (actual <= part["q90"])
    rows["held_95"] = (part["q025"] <= actual) & (actual <= part["q975"])
    return rows.assign(scale=scale).dropna(subset="actual")


def by_horizon(scores: pd.DataFrame) -> pd.DataFrame:
    """The record of every method by horizon, from the rows of `backtest`.

    `forecasts` (how many), `held_80`, `held_95` (how many ranges held), `coverage_80`,
    `coverage_95` (shares), `mean_error` (forecast less actual), `mean_absolute_error`, `crps`,
    `interval_score` (all in the series' unit), `error_share` (absolute error as a share of the
    actual, in sum), `mase` (absolute error over the mean yearly change known at the origin) and
    `skill_<baseline>`: 1 - CRPS over the baseline's, each scaled so that large series do not drown
    small ones, over the forecasts both made.
    """
    error = scores["mean"] - scores["actual"]
    rows = scores.assign(
        error=error, absolute=error.abs(), scaled=scores["crps"] / scores["scale"],
        mase=error.abs() / scores["scale"], one=1,
    )  # fmt: skip
    found = rows.groupby(["method", "horizon"], sort=False).agg(
        forecasts=("one", "sum"), held_80=("held_80", "sum"), held_95=("held_95", "sum"),
        coverage_80=("held_80", "mean"), coverage_95=("held_95", "mean"),
        mean_error=("error", "mean"), mean_absolute_error=("absolute", "mean"),
        crps=("crps", "mean"), interval_score=("interval_score", "mean"),
        absolute=("absolute", "sum"), actual=("actual", "sum"), mase=("mase", "mean"),
    )  # fmt: skip
    found["error_share"] = found.pop("absolute") / found.pop("actual").where(lambda a: a > 0)
    for name in BASELINES:
        found[f"skill_{name}"] = _skill(rows, name, ["method", "horizon"])
    return found.reset_index()


def _skill(rows: pd.DataFrame, baseline: str, by: list[str]) -> pd.Series:
    keys = ["series", "origin", "year"]
    other = rows[rows["method"] == baseline].set_index(keys)["scaled"].rename("other")
    both = rows.join(other, on=keys).dropna(subset="other")
    sums = both.groupby(by, sort=False)[["scaled", "other"]].sum()
    return 1 - sums["scaled"] / sums["other"].where(lambda s: s > 0)


def verdict(scores: pd.DataFrame) -> Verdict:
    """Whether the model beats every baseline over all horizons, and if not, which to show.

    By CRPS, scaled as in `by_horizon`. Raises ValueError where the rows hold no model or no
    baseline.
    """
    rows = scores.assign(scaled=scores["crps"] / scores["scale"])
    found = {b: _skill(rows, b, ["method"]).get(MODEL, float("nan")) for b in BASELINES}
    skill = {name: float(value) for name, value in found.items() if not np.isnan(value)}
    if not skill:
        raise ValueError("there is no score of the model beside a baseline; run backtest first")
    worst = min(skill, key=lambda name: skill[name])
    count = int((scores["method"] == MODEL).sum())
    if skill[worst] > 0:
        return Verdict(True, MODEL, skill, f"Over {count} past forecasts it did better than "
                       f"{_all(skill)}, by {skill[worst]:.0%} or more.")  # fmt: skip
    return Verdict(False, worst, skill, f"Over {count} past forecasts it did no better than "
                   f"{NAMES[worst]}, which is shown instead.")  # fmt: skip


NAMES = {
    "naive": "the last value carried on",
    "drift": "the line of the past drawn on",
    "damped": "a trend that fades",
}
"""What a reader calls each baseline."""


def _all(skill: dict[str, float]) -> str:
    *first, last = [NAMES[name] for name in skill]
    return f"{', '.join(first)} and {last}" if first else last


def held_words(scores: pd.DataFrame, confidence: int = 95) -> str:
    """How often the model's ranges held: "our past 95 % ranges held N of M times".

    `confidence` is 80 or 95.
    """
    held = scores.loc[scores["method"] == MODEL, f"held_{confidence}"]
    return f"our past {confidence} % ranges held {held.sum():,} of {len(held):,} times"
