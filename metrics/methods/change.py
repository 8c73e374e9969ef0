"""Reliable change: has a child's score moved by more than the measure's own noise?

Thresholds: CYP-IAPT 2015 set, as NHS England's *CYP outcomes* uses them (MHSDS).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from metrics.methods._checks import Floats, floats, not_empty, refuse

ANY = "any"
"""Rater of measures whose threshold doesn't depend on who rated."""

_SDQ = ("conduct", "emotional", "hyperactivity", "impact", "peer", "prosocial")
_RCADS = ("depression", "GAD", "OCD", "panic", "separation", "social")
_BY_SCALE = {
    ("SDQ", "parent"): (_SDQ, (4, 4, 4, 3, 3, 3)),
    ("SDQ", "self"): (_SDQ, (4, 4, 4, 3, 5, 4)),
    ("RCADS", "self"): (_RCADS, (17.73, 14.91, 16.35, 18.29, 22.95, 13.99)),
    ("RCADS", "parent"): (_RCADS, (22.87, 18.30, 24.06, 40.93, 28.0, 16.63)),
}
_HIGHER = {"CORS": 10, "ORS": 6.6, "CGAS": 11, "GBO": 3, "WEMWBS": 9, "SWEMWBS": 3}
_LOWER = {"GAD-7": 4, "PHQ-9": 6, "CORE-10": 5, "YP-CORE": 8, "SCORE-15": 10, "HoNOSCA": 2}


def _threshold_rows() -> list[tuple[str, str, str, float, str]]:
    rows = [
        (tool, rater, scale, threshold, "high" if scale == "prosocial" else "low")
        for (tool, rater), (scales, values) in _BY_SCALE.items()
        for scale, threshold in zip(scales, values, strict=True)
    ]
    rows += [(tool, ANY, "total", value, "high") for tool, value in _HIGHER.items()]
    return rows + [(tool, ANY, "total", value, "low") for tool, value in _LOWER.items()]


THRESHOLDS = pd.DataFrame(
    _threshold_rows(), columns=["tool", "rater", "scale", "threshold", "better"]
)
"""Absolute change that counts, and which way is better, by tool, rater and scale. RCADS is in
T-scores."""

KEYS = ["referral", "rater", "tool", "scale"]


def t_score(raw: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> Floats:
    """T-score of a raw total, given the norm of the child's age band and sex: mean 50, sd 10.

    Arrays that broadcast. Raises ValueError where sd isn't above 0.
    """
    raw, mean, sd = floats(raw, "raw"), floats(mean, "mean"), floats(sd, "sd")
    refuse(sd <= 0, sd, "sd must be above 0", "use the norm table of the measure")
    score: Floats = (raw - mean) * 10 / sd + 50
    return score


def reliable_change(pairs: pd.DataFrame, thresholds: pd.DataFrame = THRESHOLDS) -> pd.DataFrame:
    """Judge each paired score: improved, deteriorated or no change.

    `pairs`: referral, rater (self, parent, clinician), tool, scale (total for measures of one
    score), first, last; one row per scale. Returns them with change, threshold and result;
    a missing score gives *not paired*, a scale without a threshold *no threshold*.
    A change counts from the threshold itself. Raises ValueError for missing columns, no rows or a
    scale that comes twice for one referral and rater.
    Source: NHS England MHSDS, CYP outcomes; Jacobson and Truax 1991.
    """
    missing = [column for column in [*KEYS, "first", "last"] if column not in pairs]
    if missing:
        raise ValueError(
            f"columns missing: {', '.join(missing)}; found {', '.join(map(str, pairs.columns))}"
        )
    not_empty(pairs, "pairs")
    twice = pairs.duplicated(KEYS)
    refuse(twice, pairs["scale"], "a scale comes twice for one referral and rater", "pair first")
    rules = _rules(pairs, thresholds)
    change = (pairs["last"] - pairs["first"]).to_numpy(float)
    gain = np.where(rules["better"].to_numpy() == "low", -change, change)
    threshold = rules["threshold"].to_numpy(float)
    cases = {
        "not paired": np.isnan(change),
        "no threshold": np.isnan(threshold),
        "improved": _reaches(gain, threshold),
        "deteriorated": _reaches(-gain, threshold),
    }
    result = np.select(list(cases.values()), list(cases), "no change")
    return pairs.assign(change=change, threshold=threshold, result=result)


def _reaches(gain: np.ndarray, threshold: np.ndarray) -> np.ndarray:
    """At least the threshold; T-scores carry rounding, so a hair below still counts."""
    return gain >= threshold - 1e-9


def _rules(pairs: pd.DataFrame, thresholds: pd.DataFrame) -> pd.DataFrame:
    """Threshold and better side for each row: the rater's own, else the one for any rater."""
    own = pairs[["tool", "rater", "scale"]].merge(thresholds, how="left")
    anyone = thresholds[thresholds["rater"] == ANY].drop(columns="rater")
    general = pairs[["tool", "scale"]].merge(anyone, how="left")
    return own[["threshold", "better"]].fillna(general[["threshold", "better"]])


def by_referral(changes: pd.DataFrame) -> pd.DataFrame:
    """One result per referral and rater, from the result of `reliable_change`.

    Deteriorated if any scale did (even where another improved), improved if any did and none got
    worse, else no change. Returns referral, rater, scales (judged), result; referrals without any
    scale that could be judged are left out: they aren't paired.
    Source: NHS England MHSDS, CYP outcomes: the order of the tests matters.
    """
    judged = changes[changes["result"].isin(["improved", "deteriorated", "no change"])]
    flags = judged.assign(
        worse=judged["result"] == "deteriorated", better=judged["result"] == "improved"
    )
    found = flags.groupby(["referral", "rater"], as_index=False).agg(
        scales=("scale", "size"), worse=("worse", "any"), better=("better", "any")
    )
    result = np.select([found["worse"], found["better"]], ["deteriorated", "improved"], "no change")
    return found[["referral", "rater", "scales"]].assign(result=result)


def pairing_rate(changes: pd.DataFrame) -> float:
    """Share of referrals and raters with at least one paired scale: 0-1, NaN for none."""
    paired = changes.assign(paired=changes["change"].notna())
    return float(paired.groupby(["referral", "rater"])["paired"].any().mean())
