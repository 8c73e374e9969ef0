"""Every figure Compare shows, against a second reading of the real files by other code."""

from __future__ import annotations

import importlib.util
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location(
    "independent", Path(__file__).with_name("independent.py")
)
assert _spec is not None
assert _spec.loader is not None
independent = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(independent)

INDICATORS = tomllib.loads(
    (ROOT / "data/reference/compare_indicators.toml").read_text(encoding="utf-8")
)["indicator"]
AREAS = {"Rotherham": "E08000018", "England": "E92000001"}
NO_ENGLAND = ("absence_by_need", "exclusions_by_provision")
pytestmark = pytest.mark.real_data


def number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None


@pytest.mark.parametrize("place", AREAS)
@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row["series"])
def test_every_indicator_is_as_the_file_prints_it(published, row, place) -> None:
    expected = independent.read(published.folder, row["series"], place)
    found = published.rows(
        "select period_label, value, raw from published_statistic"
        " where series = ? and area_code = ? and breakdown = 'all' and category = 'all'",
        row["series"],
        AREAS[place],
    )
    assert {label: value for label, value, _ in found} == {
        label: number(text) for label, text in expected.items()
    }
    if place == "Rotherham" or row["series"].split(".")[0] not in NO_ENGLAND:
        assert any(value is not None for _, value, _ in found), "no figure at all"


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: row["series"])
def test_words_of_every_indicator_reach_the_warehouse(published, row) -> None:
    found = published.rows(
        "select distinct title, unit, decimals, polarity, topic from published_statistic"
        " where series = ?",
        row["series"],
    )
    assert found == [tuple(row[k] for k in ("title", "unit", "decimals", "polarity", "group"))]


@pytest.mark.parametrize(
    "row", [r for r in INDICATORS if r["series"].startswith("lait.")], ids=lambda r: r["series"]
)
def test_units_agree_with_the_dictionary(published, row) -> None:
    printed = independent.lait_words(published.folder)[row["series"].removeprefix("lait.")]
    axis, unit = printed["y_axis_name"].lower(), row["unit"].lower()
    if axis.startswith("%"):
        assert unit.startswith("%") or "per 100 " in unit
    if "per 10" in axis:
        assert axis.split("per ")[1].split(" of")[0] in unit
    good = {"High": "high", "Low": "low"}.get(printed["Polarity"], "none")
    assert row["polarity"] in (good, "none") or good == "none"


@pytest.mark.parametrize(
    "row", [r for r in INDICATORS if r["series"].startswith("sen2.")], ids=lambda r: r["series"]
)
def test_units_agree_with_the_column(row) -> None:
    assert row["unit"].startswith("%") is row["series"].endswith("_pc")


def test_there_are_enough_indicators_in_every_group() -> None:
    groups = [row["group"] for row in INDICATORS]
    assert len(groups) >= 30
    for group in ("Demand", "EHC plans process", "Attendance", "Suspensions", "Mental health",
                  "Money", "Context"):  # fmt: skip
        assert groups.count(group) >= 3, group


@pytest.mark.parametrize(
    ("series", "label", "value", "shown"),
    [("sen2.caseload.ehcplans", "January 2025", 3623, "3623"),
     ("sen2.sen_needs_all_plans.number_semh", "January 2025", 836, "836"),
     ("lait.TotFixedEx", "2023/24", 12.78, "12.78187")],
)  # fmt: skip
def test_the_three_figures_asked_for(published, series, label, value, shown) -> None:
    ((found, raw, decimals, title),) = published.rows(
        "select value, raw, decimals, title from published_statistic where series = ?"
        " and period_label = ? and area_code = 'E08000018' and breakdown = 'all'",
        series,
        label,
    )
    assert round(found, decimals) == value
    assert raw.startswith(shown[:5])
    assert title
