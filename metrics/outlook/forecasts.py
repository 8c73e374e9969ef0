"""Forecasts as rows: a range for each subject and January ahead, by method."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from metrics.methods.baselines import BASELINES
from metrics.methods.projection import QUANTILES
from metrics.outlook.base import Outlook
from metrics.outlook.futures import Futures, Simulated
from metrics.outlook.groups import NEEDS
from metrics.outlook.subjects import KEYS, PLANS, Subjects, make_subjects

MODEL = "model"
_NORMAL = {"q025": -1.959964, "q10": -1.281552, "q50": 0.0, "q90": 1.281552, "q975": 1.959964}
FIXED = {"year_kind": "january", "unit": "children"}


def look(outlook: Outlook) -> None:
    """The part `forecasts`: a row for every subject and year, from the model."""
    simulated: Simulated = outlook.lean_on("simulated")
    subjects = make_subjects(simulated.groups)
    outlook.left["subjects"] = subjects
    values = subjects.values(simulated.children, simulated.joined)
    note = f"{simulated.projection.notes[0]}; priors are named in the assumptions"
    parts = [
        ranges(subjects, values, simulated.projection.years).assign(locality="all", tier="open"),
        _by_locality(outlook.left["futures"]).assign(tier="partner"),
    ]
    rows = pd.concat(parts, ignore_index=True).assign(method=MODEL, note=note, **FIXED)
    outlook.add("forecast", rows.assign(**made(outlook)))


def made(outlook: Outlook) -> dict[str, Any]:
    """What every forecast carries: its name, the day of the newest data in it, and its origin.

    The name tells one state of knowledge from another: the same data give the same name, and of
    one origin's the newest comes last.
    """
    moves = outlook.left["simulated"].moves
    seen = pd.util.hash_pandas_object(moves.frame, index=False).to_numpy().tobytes()
    mark = hashlib.blake2s(seen, digest_size=4).hexdigest()
    day: date = outlook.con.execute(_KNOWN).fetchall()[0][0]
    name = f"{moves.origin}-{day:%Y%m%d}-{mark}"
    return {"forecast_id": name, "made_from": day, "origin": moves.origin}


_KNOWN = """
select max(l.loaded_at)::date from load l
where l.superseded_by is null and l.load_id in (
    select load_id from live_ehc_plan union select load_id from live_placement
)
"""
"""The day the newest return that a forecast rests on was loaded."""


def ranges(subjects: Subjects, values: np.ndarray, years: np.ndarray) -> pd.DataFrame:
    """Ranges over futures; `values` by future, year and subject."""
    told = {"mean": values.mean(axis=0)}
    for name, q in QUANTILES.items():
        told[name] = _whole_quantile(values, q)
    return _rows(subjects.frame, years, told)


def _whole_quantile(values: np.ndarray, q: float) -> np.ndarray:
    """A quantile that is a whole number of children: lower ones rounded down, upper ones up."""
    found: np.ndarray
    if q == 0.5:
        found = np.quantile(values, q, axis=0, method="nearest")
    else:
        found = np.quantile(values, q, axis=0, method="lower" if q < 0.5 else "higher")
    return found


def baseline(subjects: Subjects, series: pd.DataFrame, years: np.ndarray) -> pd.DataFrame:
    """Ranges of a baseline; `series` has a row a subject of it: `at`, `method`, `values`."""
    told: dict[str, list[np.ndarray]] = {name: [] for name in ("mean", *QUANTILES)}
    for method, values in zip(series["method"], series["values"], strict=True):
        found = BASELINES[method](values, len(years))
        told["mean"].append(np.maximum(found.mean, 0))
        for name, reach in _NORMAL.items():
            told[name].append(np.maximum(found.mean + reach * found.sd, 0))
    outward = {
        name: np.ceil(v) if name in ("q90", "q975") else np.floor(v) if name != "mean" else v
        for name, v in ((name, np.array(v).T) for name, v in told.items())
    }
    frame = subjects.frame.iloc[series["at"].tolist()].reset_index(drop=True)
    rows = _rows(frame, years, outward)
    return rows.assign(method=np.tile(series["method"].to_numpy(), len(years)))


def _rows(frame: pd.DataFrame, years: np.ndarray, told: dict[str, np.ndarray]) -> pd.DataFrame:
    rows = pd.concat([frame[KEYS]] * len(years), ignore_index=True)
    rows["year"] = np.repeat(years, len(frame))
    for name, values in told.items():
        rows[name] = np.round(values).ravel()
    return rows


def _by_locality(futures: Futures) -> pd.DataFrame:
    """Plans of all and of each need by where children live."""
    frames = []
    for need in ("all", *NEEDS):
        here = futures.groups["need"].isin([need] if need != "all" else NEEDS).to_numpy()
        total = futures.children[:, :, here].sum(axis=2)
        lives = total[:, :, None] * futures.locality(need, "all")[:, None, :]
        for at, locality in enumerate(futures.localities):
            told = {"mean": lives[:, :, at].mean(axis=0)}
            told |= {n: np.quantile(lives[:, :, at], q, axis=0) for n, q in QUANTILES.items()}
            keys = pd.DataFrame([(PLANS, need, "all", "all")], columns=KEYS)
            frames.append(_rows(keys, futures.years, told).assign(locality=locality))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
