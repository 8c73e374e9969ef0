"""Forecasts are tried on the past, kept once made, and held against what came."""

from __future__ import annotations

import pandas as pd
import pytest

from metrics.methods.futures.history import CannotProject
from metrics.outlook.base import Outlook
from metrics.outlook.kept import score
from metrics.outlook.record import council_forecasts, national_growth
from metrics.outlook.subjects import KEYS
from metrics.outlook.tested import choose
from models.borough import load_borough


class _Two:
    """Two subjects, as `choose` asks of them."""

    frame = pd.DataFrame([("plans", "all", "all", "all"), ("plans", "SEMH", "all", "all")],
                         columns=KEYS)  # fmt: skip


def past(model: float, line: float, *, line_held: bool = True) -> pd.DataFrame:
    """Four past forecasts by the model and by one baseline, with their scores."""
    rows = [
        (method, 0, 2021 + k, 1, 2022 + k, 100.0, crps, crps, 10.0, held)
        for k in range(4)
        for method, crps, held in (("model", model, True), ("naive", line, line_held))
    ]
    names = ["method", "series", "origin", "horizon", "year", "actual", "crps", "interval_score",
             "scale", "held_95"]  # fmt: skip
    return pd.DataFrame(rows, columns=names)


def test_a_forecast_that_is_no_better_gives_way_and_says_so() -> None:
    row = choose(past(5.0, 2.0), _Two).iloc[0]  # type: ignore[arg-type]
    assert row["method"] == "naive"
    assert "no better than the last value carried on, which is shown instead" in row["reason"]
    assert (row["held"], row["tried"]) == (4, 4)


def test_a_better_forecast_is_shown() -> None:
    row = choose(past(2.0, 5.0), _Two).iloc[0]  # type: ignore[arg-type]
    assert row["method"] == "model" and "held 4 of 4 times" in row["reason"]


def test_a_nearer_line_whose_ranges_failed_is_not_shown() -> None:
    row = choose(past(5.0, 2.0, line_held=False), _Two).iloc[0]  # type: ignore[arg-type]
    assert row["method"] == "model" and "held 0 of 4 times" in row["reason"]


def test_a_kept_forecast_is_scored_by_hand() -> None:
    kept = pd.DataFrame(
        [("plans", "all", "all", "all", "all", "january", "model", 2024, 2025, 110.0, 90.0, 100.0,
          110.0, 120.0, 130.0, "open")],
        columns=[*KEYS, "locality", "year_kind", "method", "origin", "year", "mean", "q025", "q10",
                 "q50", "q90", "q975", "tier"],
    )  # fmt: skip
    came = pd.DataFrame([("plans", "all", "all", "all", 2025, 132.0)],
                        columns=[*KEYS, "year", "actual"])  # fmt: skip
    row = score(kept, came).iloc[0]
    # 2 above the upper limit of a range 40 wide: 40 + 2 / 0.05 x 2.
    assert row["interval_score"] == 120.0 and not row["in_95"] and row["horizon"] == 1


def test_what_the_council_said_stands_beside_what_came() -> None:
    rows = council_forecasts(load_borough("rotherham").ons_code)
    two_years = rows[rows["for_period"] == "January 2021"].iloc[0]
    assert (two_years["said"], two_years["happened"]) == (2795, 2379)
    assert rows.loc[rows["for_period"] == "January 2029", "happened"].isna().all()
    assert council_forecasts("E00000000").empty


def test_growth_in_england_is_worked_out_from_its_table() -> None:
    grown, source = national_growth()
    assert grown == pytest.approx((638_745 / 353_995) ** (1 / 6) - 1)
    assert "January 2019 to January 2025" in source


def test_a_part_without_futures_says_what_it_builds_on() -> None:
    with pytest.raises(CannotProject, match="builds on the borough's futures"):
        Outlook(None, load_borough("rotherham")).lean_on("futures")  # type: ignore[arg-type]
