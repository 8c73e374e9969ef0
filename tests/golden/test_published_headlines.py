"""Every headline figure typed in with the product equals the real file's, as printed."""

from __future__ import annotations

import pytest

from ingest.published.headlines import read_headlines
from models.borough import load_borough

pytestmark = pytest.mark.real_data


def test_every_typed_figure_is_the_files(published) -> None:
    typed = read_headlines(load_borough("rotherham")).figures
    wrong = []
    for row in typed.to_dict("records"):
        found = published.rows(
            "select value, status, title, unit, polarity, topic from published_statistic"
            " where series = ? and area_code = ? and breakdown = 'all' and period_label = ?"
            " and period_kind = ? and period_start = ?",
            *(
                row[k]
                for k in ("series", "area_code", "period_label", "period_kind", "period_start")
            ),
        )
        if len(found) != 1 or not _same(row, found[0]):
            wrong.append((row["series"], row["area_name"], row["period_label"], row["raw"], found))
    assert wrong == []
    assert len(typed) > 300


def _same(typed: dict[str, object], real: tuple[object, ...]) -> bool:
    """Equal to as many decimals as were typed; the words and the status just the same."""
    words = tuple(typed[k] for k in ("status", "title", "unit", "polarity", "topic"))
    if words != real[1:]:
        return False
    if typed["status"] != "ok":
        return real[0] is None
    raw = str(typed["raw"])
    places = len(raw.split(".")[1]) if "." in raw else 0
    return abs(float(raw) - float(str(real[0]))) <= 0.5 * 10**-places + 1e-9


def test_typed_figures_cover_the_page() -> None:
    typed = read_headlines(load_borough("rotherham")).figures
    own = typed[typed["area_kind"] == "borough"]
    assert own["series"].nunique() >= 30
    assert typed[typed["area_kind"] == "country"]["series"].nunique() >= 30
    assert typed["topic"].notna().all()
    assert (typed["source"].str.len() > 20).all()
