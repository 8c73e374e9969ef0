"""Who reads signals and funnels: months are for all, schools for partners."""

import json

import duckdb
import numpy as np
import pandas as pd
import pytest

from metrics.judged import judged_tables
from models.metric import Metric
from models.observation import OBSERVATION_COLUMNS, Tier
from models.principal import PUBLIC, Principal
from models.settings import Settings
from models.snapshot import SNAPSHOT_VERSION, TABLES
from publish.snapshot import Snapshot

PARTNER = Principal("a headteacher", Tier.PARTNER)


def metric(metric_id, kind, period):
    return Metric(
        id=metric_id,
        title="Made-up measure",
        priority="outcomes",
        question="Is it rising?",
        kind=kind,
        unit="% of pupils",
        polarity="low",
        period=period,
        sources=["pupil_census"],
        population="Invented pupils",
    )


def observations():
    rng = np.random.default_rng(1)
    months = pd.date_range("2023-09-01", periods=36, freq="MS")
    monthly = pd.DataFrame({"period_start": months, "period_end": months + pd.offsets.MonthEnd(0)})
    monthly = monthly.assign(
        metric_id="monthly",
        period_kind="month",
        area_kind="borough",
        area_id="E00000000",
        value=rng.normal(50, 3, 36),
        tier="open",
    )
    n = rng.integers(100, 400, 20)
    schools = pd.DataFrame({"area_id": [str(900001 + i) for i in range(20)], "denominator": n})
    schools = schools.assign(
        metric_id="by_school",
        period_start=pd.Timestamp(2025, 9, 1),
        period_end=pd.Timestamp(2026, 8, 31),
        period_kind="academic_year",
        area_kind="school",
        numerator=rng.binomial(n, 0.2),
        tier="partner",
    )
    schools["value"] = 100 * schools["numerator"] / schools["denominator"]
    both = pd.concat([monthly, schools], ignore_index=True).reindex(columns=OBSERVATION_COLUMNS)
    return both.assign(breakdown="all", category="all", status="ok", loads="")


@pytest.fixture
def snapshot(tmp_path):
    settings = Settings(home=tmp_path)
    settings.published.mkdir(parents=True)
    metrics = {
        "monthly": metric("monthly", "mean", "month"),
        "by_school": metric("by_school", "proportion", "academic_year"),
    }
    areas = pd.DataFrame(columns=["area_kind", "area_id", "phase"])
    with duckdb.connect(str(settings.published / "made-up.duckdb")) as con:
        for statement in TABLES:
            con.execute(statement)
        con.execute("insert into info values ('snapshot_version', ?)", [str(SNAPSHOT_VERSION)])
        for name, table in judged_tables(observations(), metrics, areas).items():
            con.register("incoming", table)
            con.execute(f"insert into {name} by name select * from incoming")
            con.unregister("incoming")
    settings.current.write_text(json.dumps({"snapshot": "made-up"}), encoding="utf-8")
    return Snapshot.live(settings)


def test_everyone_reads_the_months(snapshot):
    chart = snapshot.signals(PUBLIC, "monthly")
    assert len(chart) == 36 and chart["period_end"].is_monotonic_increasing
    assert (chart["lpl"] < chart["mean"]).all() and (chart["mean"] < chart["upl"]).all()
    words = snapshot.signal_summary(PUBLIC).set_index("metric_id")["sentence"]
    assert words.to_dict() == {"monthly": "Within normal variation"}
    assert snapshot.signals(PUBLIC, "no such measure").empty


def test_partners_read_schools_and_the_public_does_not(snapshot):
    shown, hidden = snapshot.funnel(PARTNER, "by_school"), snapshot.funnel(PUBLIC, "by_school")
    assert len(shown["points"]) == 20 and len(shown["summary"]) == 1 and len(shown["limits"]) >= 40
    assert all(frame.empty for frame in hidden.values())
    assert list(hidden["points"]) == list(shown["points"])


@pytest.mark.parametrize("nobody", [None, "partner", Tier.PARTNER])
def test_who_is_asking_must_be_said(snapshot, nobody):
    for call in (snapshot.signal_summary,):
        with pytest.raises(TypeError):
            call(nobody)
    for call in (snapshot.signals, snapshot.funnel):
        with pytest.raises(TypeError):
            call(nobody, "monthly")
