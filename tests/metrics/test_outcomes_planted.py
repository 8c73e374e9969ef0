"""On a whole simulated borough the measures find what was planted: the rise in suspensions of
pupils with SEMH need at its month and not before, and each part of what moved the bill, exactly."""

import sys
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.synthetic import bill, costs
from data.synthetic.generate import simulate
from data.synthetic.suspensions import SHIFT, SHIFT_FROM
from data.synthetic.world import new_world
from metrics.catalogue import find_metric
from metrics.measure import measure_metric, prepare
from models.settings import Settings
from models.warehouse import statements

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

from planted_shift import LOAD, measured, told_of

CODES = {"independent special school": "independent", "non-maintained special school": "charity"}


@pytest.fixture(scope="module")
def world():
    made = new_world(Settings().profile, 1.0, 2026)
    simulate(made, until="Suspensions")
    return made


def test_the_shift_is_flagged_at_its_month_and_no_earlier(world):
    found = told_of(measured(world))
    assert found["first"] == pd.Timestamp(SHIFT_FROM)
    assert found["early"] == found["taken_in"] == 0
    assert found["growth"] == pytest.approx(SHIFT, rel=0.12)


@pytest.fixture(scope="module")
def split(world):
    """The measure's drivers by financial year and name, from every line of the register."""
    lines = costs.cost_lines(world)
    lines = lines[lines["away"] & lines["kind"].isin(bill.KINDS)]
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
    return found.set_index([found["period_start"].dt.year, "category"])["value"]


def test_price_volume_and_mix_return_the_planted_parts(world, split):
    told = bill.bill_parts(world, costs.cost_lines(world))
    assert len(told) == 5
    for year, planted in told.items():
        found = split[int(year)]
        pennies = {"abs": 0.02, "rel": 1e-9}
        assert found["all"] == pytest.approx(planted["change"], **pennies)
        assert found["Number of places"] == pytest.approx(planted["number"], **pennies)
        assert found["Mix of places"] == pytest.approx(planted["mix"], **pennies)
        price = planted["dearer_fees"] + planted["other_children"]
        assert found["What a place costs"] == pytest.approx(price, **pennies)


def test_the_planted_rise_is_most_of_what_dearer_places_added(world, split):
    told = bill.bill_parts(world, costs.cost_lines(world))[str(costs.RISE_FROM)]
    assert told["dearer_fees"] > 3 * abs(told["other_children"])
    assert told["dearer_fees"] == pytest.approx(split[costs.RISE_FROM]["What a place costs"],
                                                rel=0.25)  # fmt: skip
