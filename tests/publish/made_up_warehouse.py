# ruff: noqa: E501 (one figure's columns read better unwrapped)
"""A small warehouse of made-up observations that add up, as measuring would leave it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from metrics.catalogue import load_catalogue
from metrics.measure.largest import LARGEST_DDL
from models.borough import load_borough
from models.observation import OBSERVATION_COLUMNS, OBSERVATION_DDL
from models.settings import Settings
from models.warehouse import statements

BOROUGH = load_borough("rotherham")
WARDS = [(ward.code, place.id) for place in BOROUGH.localities for ward in place.wards]
URNS = [str(900001 + i) for i in range(40)]
PHASE = {urn: ("Primary", "Secondary", "Special")[i % 3] for i, urn in enumerate(URNS)}
GROUPS = {"sex": ("Boys", "Girls"), "age_band": ("5 to 10", "11 to 15", "16 to 19")}
METRICS = {
    # metric: (periods, frequency, events per period, people in the whole or 0)
    "ehc_requests": (12, "MS", 45, 0),
    "camhs_referrals": (12, "MS", 120, 0),
    "semh_suspensions": (12, "MS", 90, 0),
    "semh_suspension_rate": (4, "YS", 300, 700),
    "semh_pupils_share": (4, "YS", 400, 4000),
}


def make_warehouse(home: Path, seed: int = 1, *, small: bool = False) -> Settings:
    """Write `home/warehouse.duckdb`; the same seed gives the same figures.

    `small` keeps one metric only, for tests that publish many times.
    """
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=home)
    with duckdb.connect(str(settings.warehouse)) as con:
        for statement in statements():
            con.execute(statement)
        con.execute(OBSERVATION_DDL.format(name="observation"))
        con.execute(LARGEST_DDL.format(name="observation_largest"))
        _fill(con, "observation", observations(seed, ["ehc_requests"] if small else list(METRICS)))
        _bookkeeping(con)
    return settings


def _fill(con: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    con.register("frame", frame)
    con.execute(f"insert into {table} by name select * from frame")
    con.unregister("frame")


def _bookkeeping(con: duckdb.DuckDBPyConnection) -> None:
    schools = pd.DataFrame({"urn": [int(u) for u in URNS], "name": [f"Made-up {u}" for u in URNS]})
    schools["phase"] = [PHASE[u] for u in URNS]
    _fill(con, "school", schools)
    load = {
        "load_id": "load-1", "file": "/secret/folder/made_up.csv", "content_hash": "0" * 64,
        "extract": "made_up", "rows_read": 10, "rows_accepted": 9, "rows_quarantined": 1,
        "loaded_at": datetime(2026, 9, 1), "code_version": "0", "synthetic": True,
    }  # fmt: skip
    _fill(con, "load", pd.DataFrame([load]))
    figure = {
        "series": "made.up", "title": "Made up", "publisher": "nobody", "area_code": "E92000001",
        "area_name": "England", "area_kind": "country", "breakdown": "all", "category": "all",
        "period_label": "2025", "period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31),
        "period_kind": "calendar_year", "value": 3.0, "raw": "3", "status": "ok",
        "source": "made up", "load_id": "load-1",
    }  # fmt: skip
    _fill(con, "published_statistic", pd.DataFrame([figure]))


def observations(seed: int, names: list[str]) -> pd.DataFrame:
    """OBSERVATION_COLUMNS of made-up things, added up by every breakdown their metric declares."""
    metrics = {f.metric.id: f.metric for f in load_catalogue()}
    rng = np.random.default_rng(seed)
    frames = []
    for name in names:
        periods, frequency, events, whole = METRICS[name]
        metric = metrics[name]
        for start in pd.date_range("2022-01-01", periods=periods, freq=frequency):
            things = _things(rng, rng.poisson(events))
            of = _things(rng, whole) if whole else None
            if metric.kind == "proportion":
                things = of.sample(
                    len(things) if len(things) < len(of) else len(of) // 3, random_state=rng
                )
            frames.append(_cells(metric, start, frequency, things, of))
    frame = pd.concat(frames, ignore_index=True)
    return frame[list(OBSERVATION_COLUMNS)]


def _things(rng: np.random.Generator, size: int) -> pd.DataFrame:
    ward = rng.integers(0, len(WARDS), size)
    urn = np.minimum(rng.geometric(0.08, size) - 1, len(URNS) - 1)
    frame = pd.DataFrame({
        "sex": rng.choice(GROUPS["sex"], size, p=[0.8, 0.2]),
        "age_band": rng.choice(GROUPS["age_band"], size, p=[0.4, 0.57, 0.03]),
        "ward": [WARDS[i][0] for i in ward], "locality": [WARDS[i][1] for i in ward],
        "school": [URNS[i] for i in urn], "phase": [PHASE[URNS[i]] for i in urn],
    })  # fmt: skip
    # A few homes are not known, as in real returns.
    frame.loc[rng.random(size) < 0.01, ["ward", "locality"]] = None
    return frame


def _cells(metric, start, frequency, things, of) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    parts = []
    for breakdown in ("all", *metric.breakdowns):
        if breakdown != "all" and breakdown not in things:
            continue
        counts = _by(things, breakdown).rename("numerator").to_frame()
        if of is not None:
            counts = counts.join(_by(of, breakdown).rename("denominator"), how="outer").fillna(0.0)
            counts = counts[counts["denominator"] > 0]
        parts.append(counts.assign(cut=breakdown).reset_index(names="key"))
    cells = pd.concat(parts, ignore_index=True)
    area = cells["cut"].isin(["locality", "ward", "school"])
    base = cells["denominator"] if "denominator" in cells else np.nan
    value = cells["numerator"] / base * metric.multiplier if of is not None else cells["numerator"]
    end = start + (pd.offsets.MonthEnd(0) if frequency == "MS" else pd.offsets.YearEnd(0))
    return cells.assign(
        metric_id=metric.id, period_start=start, period_end=end, period_kind=metric.period,
        area_kind=cells["cut"].where(area, "borough"), area_id=cells["key"].where(area, BOROUGH.ons_code),
        breakdown=cells["cut"].mask(area, "all"), category=cells["key"].mask(area, "all"),
        denominator=base, value=value, lower=value * 0.9, upper=value * 1.1, interval_method="made up",
        status="ok", tier=np.where(cells["cut"] == "school", "partner", "open"), loads="load-1",
    )  # fmt: skip


def _by(things: pd.DataFrame, breakdown: str) -> pd.Series:
    if breakdown == "all":
        return pd.Series({"all": float(len(things))})
    return things.groupby(breakdown).size().astype(float)
