"""Where a bill or a price is withheld, nothing that lies ahead of it tells it."""

from datetime import date

import pandas as pd
import pytest

from publish.ahead_money import MEASURES, protect_money, without_prices

SUBJECTS = ("oob_semh", "oob_semh_change", "oob_all", "oob_all_change", "high_needs", "place_away",
            "place_local", "grant")  # fmt: skip
MONEY = pd.DataFrame({"subject": SUBJECTS, "mean": 1.0})
SCHEMES = pd.DataFrame({"scheme_id": ["a", "b"], "need": ["SEMH", "other"], "saving": 1.0})
GROUPS = pd.DataFrame({
    "need": ["SEMH", "other", "SEMH"], "unit_cost": [90_000.0, 80_000.0, 30_000.0],
    "setting": ["Independent or non-maintained, out of the borough"] * 2
    + ["State-funded special school, SEMH"]})  # fmt: skip


def observed(*hidden: str, older: str = "ok") -> pd.DataFrame:
    """Every measure in two years; the newest of those named is hidden."""
    rows = [
        (name, year, ("suppressed" if name in hidden else "ok") if year == 2025 else older)
        for names in MEASURES.values()
        for name in names
        for year in (2024, 2025)
    ]
    frame = pd.DataFrame(rows, columns=["metric_id", "year", "status"])
    starts = [date(year, 4, 1) for year in frame["year"]]
    return frame.assign(period_start=starts, area_kind="borough", breakdown="all", tier="open")


@pytest.mark.parametrize(
    ("hidden", "gone"),
    [
        ("oob_spend", {"oob_semh", "oob_semh_change"}),
        ("oob_placements", {"oob_semh", "oob_semh_change"}),
        ("sen_oob_spend", {"oob_all", "oob_all_change"}),
        ("local_cost_per_place", {"place_local"}),
    ],
)
def test_what_goes_on_from_a_hidden_figure_is_hidden(hidden, gone):
    kept = protect_money({"observation": observed(hidden), "money_ahead": MONEY})["money_ahead"]
    assert set(SUBJECTS) - set(kept["subject"]) == gone


def test_a_hidden_price_hides_what_is_saved_against_it():
    rows = observed("oob_cost_per_placement")
    tables = {"observation": rows, "money_ahead": MONEY, "break_even": SCHEMES}
    found = protect_money(tables)
    assert found["break_even"]["need"].tolist() == ["other"]
    assert "place_away" not in set(found["money_ahead"]["subject"])
    kept = without_prices(GROUPS, rows)["unit_cost"]
    assert kept.isna().tolist() == [True, False, False]


def test_an_older_hidden_figure_hides_nothing():
    rows = observed(older="suppressed")
    found = protect_money({"observation": rows, "money_ahead": MONEY, "break_even": SCHEMES})
    assert found["money_ahead"].equals(MONEY)
    assert "break_even" not in found
    assert without_prices(GROUPS, rows).equals(GROUPS)
