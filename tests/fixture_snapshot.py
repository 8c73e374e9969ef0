# ruff: noqa: E501 (tables of made-up values read better unwrapped)
"""A small, complete, clearly synthetic published snapshot, made without the pipeline.

`build_fixture(home)` writes `home/published/<id>.duckdb` and `current.json`. Numbers are drawn by
a seeded generator; schools and providers are invented; nothing here describes a real place.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fixture_metrics import METRICS, PEOPLE, Spec, document
from fixture_outlook import outlook_tables
from fixture_published import SERIES, published_rows

from models.borough import load_borough
from models.observation import OBSERVATION_COLUMNS
from models.outlook import OUTLOOK
from models.snapshot import SNAPSHOT_VERSION, TABLES
from models.symbols import OF_STATUS

SNAPSHOT_ID = "20260901T060000Z-f1x7u2e00000"
BOROUGH = load_borough("rotherham")
WARDS = [(w.code, w.name, place.id) for place in BOROUGH.localities for w in place.wards]
FIRST = ("Alder", "Bramble", "Cedar", "Dovetail", "Ember", "Foxglove", "Gorse", "Hazel", "Iris",
         "Juniper", "Kestrel", "Larch", "Maple", "Nettle", "Osier")  # fmt: skip
SCHOOLS = [
    (
        str(900001 + i),
        f"{FIRST[i % 15]} {'Made-up' if i < 15 else 'Pretend'} "
        + ("Primary School" if i % 3 else "Academy"),
        WARDS[i % len(WARDS)],
        "Primary" if i % 3 else "Secondary",
    )
    for i in range(30)
]
PROVIDERS = [
    ("prov-01", "Invented House School"),
    ("prov-02", "Imaginary Lane College"),
    ("prov-03", "Storybook Grange"),
    ("prov-04", "Madeup Meadow Provision"),
]


def build_fixture(home: Path) -> str:
    """Write the snapshot under `home` and make it live; returns its id."""
    folder = home / "published"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{SNAPSHOT_ID}.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as con:
        for statement in TABLES:
            con.execute(statement)
        for table, frame in _tables().items():
            con.register("frame", frame)
            con.execute(
                f"insert into {table} by name select * from frame"
                if table in OUTLOOK
                else f"insert into {table} select * from frame"
            )
            con.unregister("frame")
    (folder / "current.json").write_text(json.dumps({"snapshot": SNAPSHOT_ID}), encoding="utf-8")
    return SNAPSHOT_ID


def _tables() -> dict[str, pd.DataFrame]:
    return {
        "info": _info(),
        "observation": _observations(),
        "metric": pd.DataFrame(
            [(m.id, m.priority, seq, json.dumps(document(m))) for seq, m in enumerate(METRICS)]
        ),
        "area": _areas(),
        "area_shape": _shapes(),
        "series": pd.DataFrame([s.row() for s in SERIES]),
        "published": published_rows(BOROUGH),
        "load": _loads(),
        "quality": _quality(),
        "unrecognised": pd.DataFrame(
            [("minutes of the board.docx", "no reader knows a .docx file")]
        ),
        **outlook_tables(),
    }


def _info() -> pd.DataFrame:
    values = {
        "snapshot_version": str(SNAPSHOT_VERSION),
        "snapshot_id": SNAPSHOT_ID,
        "created_at": "2026-09-01T06:00:00+00:00",
        "data_to": "2026-08-31",
        "synthetic": "true",
        "synthetic_note": "Synthetic data: a simulated borough. No figure describes a real child or school.",
        "code_version": "fixture",
        "profile": BOROUGH.model_dump_json(),
    }
    return pd.DataFrame(list(values.items()))


def periods(kind: str) -> list[tuple[date, date]]:
    """Sixty months to August 2026, or six years of the kind asked for."""
    if kind == "month":
        starts = pd.date_range("2021-09-01", "2026-08-01", freq="MS")
        return [(s.date(), (s + pd.offsets.MonthEnd(0)).date()) for s in starts]
    if kind == "term":
        return [
            (t.start, t.end)
            for t in BOROUGH.terms
            if date(2020, 9, 1) <= t.start < date(2026, 8, 1)
        ]
    if kind == "census":
        return [(date(y, 1, 15), date(y, 1, 15)) for y in range(2021, 2027)]
    month = {"academic_year": 9, "financial_year": 4, "calendar_year": 1}[kind]
    first = 2020
    starts = [date(y, month, 1) for y in range(first, first + 6)]
    return [(s, date(s.year + 1, s.month, 1) - timedelta(days=1)) for s in starts]


def _cuts(spec: Spec) -> list[tuple[str, str, str, str, float, str]]:
    """area_kind, area_id, breakdown, category, share of the borough, tier."""
    rng = np.random.default_rng(len(spec.id))
    cuts = [("borough", BOROUGH.ons_code, "all", "all", 1.0, "open")]
    for name in spec.breakdowns:
        if name == "locality":
            cuts += [("locality", p.id, "all", "all", s, "open")
                     for p, s in zip(BOROUGH.localities, (0.3, 0.45, 0.25), strict=True)]  # fmt: skip
        elif name == "ward":
            shares = rng.dirichlet(np.full(len(WARDS), 4.0))
            cuts += [
                ("ward", w[0], "all", "all", s, "open") for w, s in zip(WARDS, shares, strict=True)
            ]
        elif name == "school":
            shares = rng.dirichlet(np.full(len(SCHOOLS), 2.0))
            cuts += [
                ("school", s[0], "all", "all", x, "partner")
                for s, x in zip(SCHOOLS, shares, strict=True)
            ]
        elif name == "provider":
            cuts += [("provider", p[0], "all", "all", x, "partner")
                     for p, x in zip(PROVIDERS, (0.5, 0.3, 0.15, 0.05), strict=True)]  # fmt: skip
        else:
            groups = PEOPLE[name]
            cuts += [("borough", BOROUGH.ons_code, name, g, x, "open") for g, x in groups.items()]
    return cuts


def _observations() -> pd.DataFrame:
    frame = pd.concat([_of_metric(spec) for spec in METRICS], ignore_index=True)
    return frame[list(OBSERVATION_COLUMNS)].assign(marks=frame["status"].map(OF_STATUS))


def _of_metric(spec: Spec) -> pd.DataFrame:
    rng = np.random.default_rng(sum(map(ord, spec.id)))
    rows = []
    spans = periods(spec.period)
    for i, (start, end) in enumerate(spans):
        drift = 1 + spec.trend * i / len(spans)
        if spec.shift and i >= len(spans) - 9:
            drift *= spec.shift
        for cut in _cuts(spec):
            rows.append((start, end, *cut, *_draw(spec, rng, cut[4], drift)))
    columns = ["period_start", "period_end", "area_kind", "area_id", "breakdown", "category",
               "share", "tier", "numerator", "denominator", "value", "lower", "upper"]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    frame["metric_id"], frame["period_kind"] = spec.id, spec.period
    frame["interval_method"] = spec.interval
    frame["loads"] = "load-0001" if spec.priority != "cost" else "load-0002"
    return _hide(_state(frame, spec), spec)


def _draw(spec: Spec, rng: np.random.Generator, share: float, drift: float) -> tuple[Any, ...]:
    """numerator, denominator, value, lower, upper for one cell."""
    size = spec.size * share
    if spec.kind == "count":
        n = float(rng.poisson(size * drift))
        half = 1.96 * np.sqrt(max(n, 1))
        return n, None, n, max(0.0, n - half), n + half
    if spec.kind in ("money", "mean", "quantile"):
        base = float(max(0, rng.poisson(size)))
        value = spec.level * drift * rng.normal(1, 0.04) * (base if spec.kind == "money" else 1)
        half = abs(value) * 0.4 / np.sqrt(max(base, 1))
        numerator = value if spec.kind == "money" else value * base
        between = (None, None) if spec.kind == "money" else (value - half, value + half)
        return round(numerator, 2), base, round(value, 2), *between
    base = float(max(1, rng.poisson(size)))
    n = float(min(rng.poisson(base * spec.level * drift / spec.multiplier), base * spec.most))
    value = spec.multiplier * n / base
    half = 1.96 * spec.multiplier * np.sqrt(max(n, 1)) / base
    top = 100.0 if spec.kind == "proportion" else value + half
    return n, base, value, max(0.0, value - half), min(top, value + half)


def _state(frame: pd.DataFrame, spec: Spec) -> pd.DataFrame:
    """Each cell's status: small cells suppressed, small bases marked, absent ones not available."""
    frame["status"] = "ok"
    if spec.absent:
        frame["status"] = "not_available"
        return frame
    counted = (
        frame["numerator"]
        if spec.kind not in ("money", "mean", "quantile")
        else frame["denominator"]
    )
    small = counted.between(1, 4) | (frame["denominator"].between(1, 4))
    frame.loc[small, "status"] = "suppressed"
    frame.loc[~small & frame["denominator"].between(5, 9), "status"] = "low_base"
    school = frame["area_kind"].eq("school") & frame["area_id"].isin(
        [SCHOOLS[6][0], SCHOOLS[17][0]]
    )
    frame.loc[school & frame["period_start"].eq(frame["period_start"].max()), "status"] = (
        "not_available"
    )
    return frame


def _hide(frame: pd.DataFrame, spec: Spec) -> pd.DataFrame:
    gone = frame["status"].isin(["suppressed", "not_available"])
    frame.loc[gone, ["numerator", "denominator", "value", "lower", "upper"]] = np.nan
    return frame


def _areas() -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = [("borough", BOROUGH.ons_code, BOROUGH.name, None, None, "open")]
    rows += [("locality", p.id, p.name, BOROUGH.ons_code, None, "open") for p in BOROUGH.localities]
    rows += [("ward", code, name, place, None, "open") for code, name, place in WARDS]
    rows += [("school", urn, name, ward[2], phase, "partner") for urn, name, ward, phase in SCHOOLS]
    rows += [("provider", pid, name, None, None, "partner") for pid, name in PROVIDERS]
    return pd.DataFrame(rows)


def _shapes() -> pd.DataFrame:
    """Each ward a square of a five by five grid; a locality is its wards' squares."""
    rows = []
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    ring = dict.fromkeys((p.id for p in BOROUGH.localities), 0)
    for i, (code, _, place) in enumerate(WARDS):
        for kind, key, number in (("ward", code, 0), ("locality", place, ring[place])):
            rows += [(kind, key, number, seq, -1.5 + 0.06 * (i % 5 + dx), 53.3 + 0.04 * (i // 5 + dy))
                     for seq, (dx, dy) in enumerate(corners)]  # fmt: skip
        ring[place] += 1
    return pd.DataFrame(rows)


def _loads() -> pd.DataFrame:
    names = ["sc_pupilonroll", "commissioning_register", "sen2_plan", "mhs101referral", "lait"]
    rows = [
        (f"load-{i + 1:04d}", f"{name}_made_up.csv", f"{i:064x}", name, "2025/26", 4000 + i * 31,
         3990 + i * 31 - i, 10 + i, datetime(2026, 8, 31, 9, i), name != "lait", None)
        for i, name in enumerate(names)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _quality() -> pd.DataFrame:
    rows = [
        ("sc_pupilonroll", "every pupil has a year group", "critical", True, 0, "rows", "", "schools"),
        ("sc_pupilonroll", "primary need is a known code", "warning", False, 37, "rows",
         "ask the school for the code", "schools"),
        ("commissioning_register", "weekly cost is above zero", "critical", True, 0, "rows", "", "commissioning"),
        ("sen2_plan", "plan starts after its request", "warning", False, 6, "rows",
         "check the dates in the case system", "SEND casework"),
        ("mhs101referral", "referral is dated before discharge", "critical", True, 0, "rows", "", "health"),
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    frame[4] = frame[4].astype("int64")
    facts = ["pupil_census", "pupil_census,sen_need", "placement_cost", "ehc_plan", "referral"]
    return frame.assign(check_id=frame[1].str.replace(" ", "-"), facts=facts, accepted=None)
