"""A figure hidden in one metric is not given away by another that counts the same."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made_up_warehouse import BOROUGH
from test_protect import AREAS, cell, metric

from models.metric import Metric
from publish import protect as protecting

Rows = list[dict[str, object]]
YEARS = range(2018, 2026)
NONE = pd.DataFrame({"part": [0], "whole": [0], "identity": [""], "pair": [0]}).iloc[:0]


def _protected(rows: Rows, metrics: list[Metric]) -> pd.DataFrame:
    known = {one.id: one for one in metrics}
    return protecting.protect(pd.DataFrame(rows), known, AREAS, BOROUGH).observations


def _year(year: int) -> dict[str, object]:
    return {
        "period_start": pd.Timestamp(year, 1, 1), "period_end": pd.Timestamp(year, 12, 31),
        "period_kind": "calendar_year",
    }  # fmt: skip


def _both(name: str, counts: dict[str, tuple[float, float]], **when: object) -> Rows:
    """The borough's figure and those of boys and girls."""
    whole = tuple(map(sum, zip(*counts.values(), strict=True)))
    parts = [cell(*n, breakdown="sex", category=sex, **when) for sex, n in counts.items()]
    return [row | {"metric_id": name} for row in [cell(*whole, **when), *parts]]


def _scored() -> Rows:
    """In the last year 40 of 42 girls have scores: two have none, so scores by sex are hidden."""
    rows: Rows = []
    for year in YEARS:
        girls = 42.0 if year == YEARS[-1] else 60.0
        rows += _both("paired", {"girls": (40, girls), "boys": (50, 70)}, **_year(year))
        rows += _both("improved", {"girls": (20, 40), "boys": (25, 50)}, **_year(year))
    return rows


PAIR = [metric("proportion", id="paired"), metric("proportion", id="improved")]


def _hidden(result: pd.DataFrame, name: str) -> set[tuple]:
    rows = result[result["metric_id"].eq(name) & result["status"].eq("suppressed")]
    return set(zip(rows["period_start"], rows["category"], strict=True))


def test_a_count_that_is_anothers_base_is_hidden_with_it() -> None:
    result = _protected(_scored(), PAIR)
    assert _hidden(result, "paired")
    assert _hidden(result, "paired") == _hidden(result, "improved")


def test_without_the_rule_the_other_metric_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = np.array([], dtype=int)
    monkeypatch.setattr(protecting, "twins", lambda *_: (nothing, nothing))
    assert not _hidden(_protected(_scored(), PAIR), "improved")


def _monthly() -> Rows:
    """Suspensions of girls by month, 3 in one March; and by year, out of the same pupils."""
    rows: Rows = []
    for start in pd.date_range("2018-01-01", "2025-12-01", freq="MS"):
        girls = 3 if start == pd.Timestamp("2022-03-01") else 10
        when = {
            "period_start": start, "period_end": start + pd.offsets.MonthEnd(0),
            "period_kind": "month",
        }  # fmt: skip
        counts = {"girls": (girls, 0.0), "boys": (20, 0.0)}
        rows += [row | {"denominator": None} for row in _both("monthly", counts, **when)]
    for year in YEARS:
        girls = 113 if year == 2022 else 120
        rows += _both("yearly", {"girls": (girls, 500), "boys": (240, 500)}, **_year(year))
    return rows


MONTHS = [metric("count", id="monthly"), metric("rate", id="yearly", multiplier=100)]


def _march_of_girls(result: pd.DataFrame) -> float | None:
    """What the year less the other months gives, where all of those are shown."""
    girls = result[result["category"].eq("girls") & result["period_start"].dt.year.eq(2022)]
    months = girls[girls["metric_id"] == "monthly"]
    year = girls.loc[girls["metric_id"] == "yearly", "numerator"].iloc[0]
    alone = months["numerator"].isna().sum() == 1 and pd.notna(year)
    return float(year - months["numerator"].sum()) if alone else None


def test_a_month_is_not_the_year_less_the_other_months() -> None:
    assert _march_of_girls(_protected(_monthly(), MONTHS)) is None


def test_without_the_rule_the_year_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protecting, "months_of_years", lambda *_: NONE)
    assert _march_of_girls(_protected(_monthly(), MONTHS)) == 3
