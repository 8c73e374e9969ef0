"""Gaps, overflow and plans of the small synthetic borough: they add up and tell of no few."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from metrics.outlook.moves import FLOOR

KEYS = ["designation", "phase", "locality"]


@pytest.fixture(scope="module")
def con(demo_home: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(demo_home / "warehouse.duckdb"), read_only=True)


@pytest.fixture(scope="module")
def gap(con) -> pd.DataFrame:
    return con.execute("select * from gap").df()


def test_no_part_of_looking_at_places_failed(con) -> None:
    parts = con.execute("select part from outlook_note").df()["part"].tolist()
    assert not {"places", "schemes"} & set(parts)


def test_no_group_is_small_and_localities_are_for_partners(con, gap) -> None:
    assert len(gap) and gap["now"].min() >= FLOOR
    for table in ("gap", "gap_opening", "overflow"):
        rows = con.execute(f"select locality, tier from {table}").df()
        assert ((rows["locality"] == "all") == (rows["tier"] == "open")).all()
    for table in ("plan_run", "plan_choice", "plan_unmet"):
        tiers = con.execute(f"select distinct tier from {table}").df()["tier"]
        assert set(tiers) <= {"partner"}


def test_the_gap_is_need_less_places_and_its_chance_agrees_with_its_range(gap) -> None:
    assert (gap["need_q50"] - gap["places"] - gap["gap_q50"]).abs().max() <= 1
    ordered = gap[["gap_q025", "gap_q10", "gap_q50", "gap_q90", "gap_q975"]]
    assert (ordered.diff(axis=1).iloc[:, 1:] >= 0).all().all()
    assert (gap.loc[gap["gap_q10"] > 0, "chance"] >= 0.89).all()
    assert (gap.loc[gap["gap_q90"] < 0, "chance"] <= 0.11).all()


def test_a_gap_opens_in_the_first_year_as_likely_as_not(con, gap) -> None:
    likely = gap[gap["chance"] >= 0.5].groupby(KEYS)["year"].min()
    said = con.execute("select * from gap_opening").df().set_index(KEYS)["opens"].dropna()
    assert said.astype(int).to_dict() == likely.to_dict()


def test_every_child_over_goes_somewhere_and_none_is_made_up(con, gap) -> None:
    rows = con.execute("select * from overflow").df()
    keys = [*KEYS, "year"]
    whole = rows[rows["destination"] == "all"].set_index(keys)["mean"]
    parts = rows[rows["destination"] != "all"]
    apart = parts.groupby(keys)["mean"].sum() - whole
    assert apart.abs().max() <= 0.5 * parts.groupby(keys).size().max() + 0.5
    assert (whole <= gap.set_index(keys)["need_mean"].reindex(whole.index) + 1).all()


def test_plans_keep_to_their_budgets_and_say_why_where_there_is_none(con) -> None:
    runs = con.execute("select * from plan_run").df().set_index("plan_id")
    assert len(runs) == 10
    made = runs[runs["problem"] == ""]
    assert (made["capital"] <= made["budget"] + 1000).all() and (made["proved_gap"] == 0).all()
    assert (made["expected"] <= made["nothing"] + 1000)[made["margin"].isna()].all()
    chosen = con.execute(
        "select plan_id, sum(capital) as capital from plan_choice where chosen group by 1"
    ).df().set_index("plan_id")["capital"]  # fmt: skip
    assert (chosen - made["capital"].reindex(chosen.index)).abs().max() <= 1000
    assert runs[runs["problem"] != ""]["problem"].str.contains("keeps every locality").all()


def test_nothing_kept_has_a_row_about_a_child(con) -> None:
    tables = con.execute("show tables").df()["name"]
    assert not {"outlook_placed", "outlook_waiting"} & set(tables)
