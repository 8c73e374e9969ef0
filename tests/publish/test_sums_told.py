"""A price planted in each way it could be told makes the audit fail."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from models.borough import Threshold
from models.observation import Tier
from models.settings import Settings
from publish.audit import audit_file
from publish.outsider import attack
from publish.snapshot import live_path
from publish.sums_told import in_pounds, sums_told

LINKS = pd.DataFrame({"part": [1, 2, 3], "whole": [0, 0, 0], "sort": 0, "finer": False})


def spend(*numbers: float) -> pd.DataFrame:
    """A whole and its parts in one year; NaN is withheld."""
    return pd.DataFrame({
        "metric_id": "spend", "period_start": pd.Timestamp("2024-04-01"),
        "period_end": pd.Timestamp("2025-03-31"), "area_kind": "borough", "area_id": "E1",
        "breakdown": ["all", "a", "a", "a"], "category": ["all", "x", "y", "z"],
        "numerator": numbers, "pounds": True, "kind": "money",
    })  # fmt: skip


def test_the_only_withheld_part_is_told_and_two_are_not() -> None:
    alone = sums_told(spend(900_000, 500_000, 300_000, np.nan), LINKS)
    assert alone.at.tolist() == [3] and alone.narrowest < 0.01
    two = sums_told(spend(900_000, 500_000, np.nan, np.nan), LINKS)
    assert two.attacked == 2 and len(two.at) == 0 and two.narrowest > 0.9


def test_the_same_pounds_elsewhere_tell_them() -> None:
    years = [spend(900_000 + i, 500_000 + i, 300_000, 100_000) for i in range(3)]
    for year, frame in zip(range(2022, 2025), years, strict=True):
        frame["period_start"], frame["period_end"] = (
            pd.Timestamp(year, 4, 1), pd.Timestamp(year + 1, 3, 31),
        )  # fmt: skip
    rows = pd.concat(years, ignore_index=True)
    other = rows[rows["category"].eq("x")].assign(metric_id="other", breakdown="all")
    rows = pd.concat([rows, other], ignore_index=True)
    rows.loc[[9, 10], "numerator"] = np.nan
    links = pd.concat([LINKS.assign(part=LINKS["part"] + 4 * i, whole=4 * i) for i in range(3)])
    assert set(sums_told(rows, links.reset_index(drop=True)).at) == {9, 10}
    # A change that rests on pounds shown elsewhere is withheld for itself, not for them.
    worked_out = rows.assign(kind=rows["kind"].mask(rows["metric_id"].eq("other"), "computed"))
    told = worked_out.loc[sums_told(worked_out, links.reset_index(drop=True)).at, "metric_id"]
    assert "other" not in set(told)
    rows.loc[rows["metric_id"].eq("other"), "numerator"] += 20_000
    assert len(sums_told(rows, links.reset_index(drop=True)).at) == 0


def test_a_mean_left_alone_is_named_so_that_it_can_be_sheltered() -> None:
    rows = spend(48.0, 7.5, 12.5, np.nan).assign(
        metric_id="made_up", denominator=[46.0, 11.0, 25.0, np.nan], tier="open",
        period_kind="academic_year",
        status=["ok", "ok", "ok", "suppressed"], value=1.0, lower=0.5, upper=1.5,
    )  # fmt: skip
    document = {"id": "made_up", "kind": "mean", "unit": "points", "sources": ["intervention"]}
    areas = pd.DataFrame(columns=["area_kind", "area_id", "parent_id", "phase"])
    rule = Threshold(tier=Tier.OPEN, smallest=5)
    found = attack(rows, [document], areas, {"open": rule})
    assert any("can be subtracted" in leak for leak in found.leaks)
    assert found.told["category"].tolist() == ["z"]


def test_what_adds_up_pounds_is_told_from_its_document() -> None:
    assert in_pounds({"kind": "mean", "unit": "pounds a year"})
    assert in_pounds({"kind": "ratio", "unit": "%", "pounds": True})
    assert not in_pounds({"kind": "mean", "unit": "miles"})
    assert not in_pounds({"kind": "count", "unit": "pounds"})


@pytest.fixture(scope="module")
def planted(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("pounds") / "home"
    shutil.copytree(demo_home, home)
    return Settings(home=home)


def test_a_price_planted_in_a_release_is_found(planted: Settings) -> None:
    """All kinds of place but one are shown, and the year's bill with them."""
    path = live_path(planted.current.resolve())
    profile = planted.profile
    assert not [w for w in audit_file(path, profile).failures if "pounds" in w]
    with duckdb.connect(str(path)) as con:
        con.execute(f"attach '{planted.warehouse}' as w (read_only)")
        done = con.execute("""
            update observation set status = 'ok', numerator = t.numerator, value = t.value,
                denominator = t.denominator
            from (select *, row_number() over (partition by metric_id, period_start
                    order by numerator) as place from w.observation
                  where metric_id = 'oob_spend' and breakdown = 'residential' and numerator > 0) t
            where t.place > 1 and observation.metric_id = t.metric_id
                and observation.period_start = t.period_start
                and observation.breakdown = t.breakdown and observation.category = t.category
        """).fetchall()
        assert done[0][0] > 0
        con.execute("""
            update observation set status = 'ok', numerator = t.numerator, value = t.value,
                denominator = t.denominator
            from (select * from w.observation where metric_id = 'oob_spend' and breakdown = 'all') t
            where observation.metric_id = t.metric_id and observation.breakdown = 'all'
                and observation.period_start = t.period_start
        """)
    failures = audit_file(path, profile).failures
    assert any("oob_spend" in w and "sum of pounds can be told" in w for w in failures)
