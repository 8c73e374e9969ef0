"""On a whole simulated borough the measures find what was planted: the rise in suspensions of
pupils with SEMH need at its month and not before, and what dearer places added to the bill."""

import sys
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from data.synthetic import costs
from data.synthetic.generate import simulate
from data.synthetic.suspensions import SHIFT, SHIFT_FROM
from data.synthetic.world import new_world
from metrics.catalogue import find_metric
from metrics.measure import measure_metric, prepare
from metrics.signals import signals
from models.settings import Settings
from models.warehouse import statements

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from planted_shift import LOAD, METRIC, measured, told_of

CODES = {"independent special school": "independent", "non-maintained special school": "charity"}


@pytest.fixture(scope="module")
def world():
    made = new_world(Settings().profile, 1.0, 2026)
    simulate(made)
    return made


def test_the_shift_is_flagged_at_its_month_and_no_earlier(world):
    found = told_of(signals(measured(world), {METRIC: find_metric(METRIC).metric}).points)
    assert found["first"] == pd.Timestamp(SHIFT_FROM)
    assert found["early"] == 0
    assert found["growth"] == pytest.approx(SHIFT, rel=0.12)


def bill(world):
    """Lines of places outside the borough with the pounds that the year's price rise added."""
    lines = costs.cost_lines(world)
    lines = lines[lines["away"] & lines["kind"].isin(["independent_special", "nmss"])].copy()
    rise = np.where(
        (lines["provider"] == costs.rising_provider(world)) & (lines["year"] == costs.RISE_FROM),
        costs.RISE,
        1.0,
    )
    before = lines["education"] / (costs.GROWTH * rise)
    lines["dearer"] = (lines["education"] - before) * lines["weeks"]
    return lines


@pytest.mark.parametrize("year", [2024, costs.RISE_FROM])
def test_price_volume_and_mix_return_the_planted_parts(world, year):
    lines = bill(world)
    con = duckdb.connect()
    for statement in statements():
        con.execute(statement)
    con.execute(LOAD)
    days = lambda column: column.to_numpy().astype("datetime64[D]").astype("datetime64[us]")  # noqa: E731
    rows = pd.DataFrame(
        {
            "placement_id": [str(i) for i in range(len(lines))],
            "person_id": lines["person"].astype(str).to_numpy(),
            "provider_id": lines["provider_id"].to_numpy(),
            "primary_need": lines["need1"].to_numpy(),
            "placement_type": lines["kind"].to_numpy(),
            "in_borough": False,
            "residential": lines["stay"].to_numpy(),
            "start_date": days(lines["from"]),
            "end_date": pd.Series(days(lines["to"])).mask((lines["to"] < 0).to_numpy()),
            "weeks_a_year": lines["weeks"].to_numpy(),
            "weekly_education": lines["education"].round(2).to_numpy(),
            "weekly_health": lines["health"].round(2).to_numpy(),
            "weekly_care": lines["care"].round(2).to_numpy(),
            "annual_transport": lines["transport"].to_numpy(),
            "load_id": "load",
        }
    )
    kinds = world.providers["kind"].map(CODES)
    providers = pd.DataFrame(
        {"provider_id": world.providers["provider_id"], "provider_type": kinds}
    )
    con.register("line", rows)
    con.register("known", providers)
    con.execute("insert into placement_cost by name select * from line")
    con.execute("insert into provider by name select * from known")
    file, profile = find_metric("sen_oob_price_volume_mix"), world.profile
    prepare(con, profile, [file])
    found = measure_metric(con, profile, file, known_to=date(2026, 3, 31))
    found = found[found["period_start"] == pd.Timestamp(year, 4, 1)].set_index("category")["value"]
    drivers = found.drop("all")
    assert drivers.sum() == pytest.approx(found["all"], abs=0.01)
    held = lines[lines["year"] == year]
    last = (pd.Timestamp(year + 1, 3, 31) - pd.Timestamp(1970, 1, 1)).days
    length = (pd.Timestamp(year + 1, 3, 31) - pd.Timestamp(year, 4, 1)).days + 1
    share = (np.where(held["to"] < 0, last, held["to"]) - held["from"] + 1) / length
    planted = float((held["dearer"] * share).sum())
    # Children of one kind of place differ by a few per cent, which stands with price.
    assert found["What a place costs"] == pytest.approx(planted, rel=0.25)
