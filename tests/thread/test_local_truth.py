"""What was planted in the council's own records is what the measures say."""

import json
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from metrics.methods.value import price_volume_mix


@pytest.fixture(scope="module")
def truth(demo_home: Path) -> dict:
    return json.loads((demo_home / "synthetic" / "truth.json").read_text())


@pytest.fixture(scope="module")
def warehouse(demo_home: Path):
    with duckdb.connect(str(demo_home / "warehouse.duckdb"), read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def figures(warehouse):
    """Rows of a metric by year of the period's start, for the whole or for one category."""

    def rows(metric: str, breakdown: str = "all", category: str = "all") -> pd.DataFrame:
        found = warehouse.execute(
            "select year(period_start) as year, numerator, denominator, value, lower, upper"
            " from observation where metric_id = ? and breakdown = ? and category = ?"
            " and area_kind = 'borough' and value is not null order by period_start",
            [metric, breakdown, category],
        ).df()
        assert len(found), metric
        return found.set_index("year")

    return rows


@pytest.fixture(scope="module")
def refused(warehouse):
    """How many rows of a file were refused: that many may be missing from a figure."""

    def count(file: str) -> int:
        rows = warehouse.execute(
            "select count(distinct line) from quarantine where file = ?", [file]
        ).fetchall()
        return int(rows[0][0])

    return count


def test_decisions_on_time(figures, truth, refused):
    spoiled = refused("local/panel_cases.csv")
    rows = figures("panel_decisions_on_time").reset_index()
    # Terms of one academic year: the one that starts in autumn and the next two.
    told = truth["local"]["panel"]["due"]
    due, on_time = rows["denominator"].sum(), rows["numerator"].sum()
    planted = {name: sum(year[name] for year in told.values()) for name in ("due", "on_time")}
    newest = told[max(told)]
    assert planted["due"] - newest["due"] - spoiled <= due <= planted["due"]
    assert planted["on_time"] - newest["on_time"] - spoiled <= on_time <= planted["on_time"]


def test_managed_moves_that_held(figures, truth, refused):
    spoiled = refused("local/panel_cases.csv")
    rows = figures("managed_moves_successful")
    for year, planted in truth["local"]["panel"]["managed_moves_ended"].items():
        if int(year) in rows.index:
            found = rows.loc[int(year)]
            assert 0 <= planted["ended"] - found["denominator"] <= spoiled
            assert 0 <= planted["successful"] - found["numerator"] <= spoiled


def test_a_partner_that_never_sends_is_at_nought_and_nil_is_an_answer(figures, truth):
    planted = truth["local"]["returns"]
    assert (
        figures("partner_returns_on_time", "partner", planted["never_sent"])["value"] == 0
    ).all()
    assert (figures("partner_returns_on_time", "partner", planted["nil"])["value"] > 0).any()


def test_wellbeing_changes_as_planted(warehouse, truth):
    """All years together: each kind's 99.9 % range holds the change that was put in."""
    planted = truth["local"]["interventions"]["planted"]["mean_change_in_swemwbs"]
    rows = warehouse.execute(
        "select lower(r.name) as name, avg(score_after - score_before) as mean,"
        " stddev(score_after - score_before) / sqrt(count(*)) as error, count(*) as scored"
        " from live_intervention i join live_intervention_register r using (intervention_id)"
        " where score_after is not null group by 1"
    ).df()
    assert len(rows) >= 5 and rows["scored"].min() >= 5
    off = (rows["mean"] - rows["name"].map(planted)).abs() / rows["error"]
    assert (off < 3.3).all(), rows


def test_a_provider_without_scores_is_at_nought_and_unused_support_reaches_nobody(figures, truth):
    planted = truth["local"]["interventions"]["planted"]
    assert (figures("intervention_scored", "intervention", "Mentoring")["value"] == 0).all()
    assert planted["provider_sends_no_scores"] == "I07"
    spare = planted["on_the_register_and_given_to_nobody"].capitalize()
    with pytest.raises(AssertionError, match="intervention_children"):
        figures("intervention_children", "intervention", spare)


def test_staff_confidence_by_wave(figures, truth, warehouse, refused):
    spoiled = refused("local/staff_survey.csv")
    most = warehouse.execute("select max(answers) from live_staff_survey").fetchall()[0][0]
    rows = figures("staff_confident")
    planted = truth["local"]["staff"]["confident_by_wave"]
    assert list(rows.index) == [int(year) for year in planted]
    for year, said in planted.items():
        found = rows.loc[int(year)]
        assert 0 <= said["answers"] - found["denominator"] <= spoiled * most
        assert 0 <= said["agree"] - found["numerator"] <= spoiled * most


def test_schools_that_never_answer_are_missing_and_not_nought(warehouse, truth):
    silent = truth["local"]["staff"]["planted"]["schools_that_never_answer"]
    assert silent
    for table in ("training", "staff_survey"):
        told = warehouse.execute(f"select distinct urn from live_{table}").fetchall()
        assert not {urn for (urn,) in told} & set(silent)
    shown = warehouse.execute(
        "select count(*) from observation where metric_id = 'training_coverage'"
        " and area_kind = 'school' and area_id in (select unnest(?)) and value is not null",
        [[str(urn) for urn in silent]],
    ).fetchall()
    assert shown == [(0,)]


def test_parents_confidence_by_wave(figures, truth, warehouse, refused):
    spoiled = refused("local/voice_survey.csv")
    most = warehouse.execute("select max(answers) from live_voice_survey").fetchall()[0][0]
    planted = truth["local"]["voice"]["by_wave"]
    pairs = {
        "parent_carer_confidence": "parents and carers: needs met",
        "young_people_listened_to": "young people: listened to",
    }
    for metric, name in pairs.items():
        rows = figures(metric)
        for year, said in planted[name].items():
            gap = said["answered"] - rows.loc[int(year), "denominator"]
            assert 0 <= gap <= spoiled * most
            assert 0 <= said["agree"] - rows.loc[int(year), "numerator"] <= spoiled * most


def test_the_grant_s_balance_is_exact(figures, truth, refused):
    planted = truth["money"]["dsg_carried_forward"]
    rows = figures("dsg_balance")
    assert len(planted) == len(rows)
    for year, pounds in planted.items():
        assert rows.loc[int(year[:4]), "value"] == pytest.approx(pounds, abs=0.01)


def test_budgets_and_outturns_at_the_year_s_end(warehouse, truth):
    rows = warehouse.execute(
        "select year(period_start) - 1, metric_id, value from observation"
        " where metric_id in ('high_needs_budget', 'high_needs_forecast') and breakdown = 'all'"
        " and area_kind = 'borough' and month(period_start) = 3"
    ).fetchall()
    planted = truth["money"]["budget_and_outturn"]
    assert len(rows) >= 8
    names = {"high_needs_budget": "budget", "high_needs_forecast": "outturn"}
    for year, metric, value in rows:
        assert value == pytest.approx(planted[str(year)][names[metric]], abs=0.05)


def test_the_planted_overspend_splits_into_its_parts(warehouse, truth):
    planted = truth["money"]["planted"]["overspent"]
    bills = warehouse.execute(
        "select part as category, budget_places, budget, forecast_places, forecast_outturn"
        " from live_budget_line where line = '1.2.3' and financial_year = ?"
        " and forecast_month = make_date(?, 3, 1)",
        [planted["financial_year"], planted["financial_year"] + 1],
    ).df()
    assert len(bills) == 4
    before = bills[["category"]].assign(volume=bills["budget_places"], cost=bills["budget"])
    after = bills[["category"]].assign(
        volume=bills["forecast_places"], cost=bills["forecast_outturn"]
    )
    found = price_volume_mix(before.astype({"cost": float}), after.astype({"cost": float}))
    for name in ("change", "price", "volume", "mix"):
        assert getattr(found, name) == pytest.approx(planted[name], abs=0.02)


def test_a_scheme_that_opened_late_and_one_that_has_not(figures, truth, warehouse):
    planted = truth["money"]["planted"]
    late = planted["opened_late"]
    phase = warehouse.execute(
        "select distinct programme_phase from live_capital_scheme where scheme_id = ?",
        [late["scheme_id"]],
    ).fetchall()[0][0]
    delay = figures("programme_opening_delay", "programme_phase", phase)
    assert delay["value"].tolist() == [late["days"]]
    places = truth["money"]["places"]
    opened = figures("programme_places_opened").iloc[-1]
    assert (opened["numerator"], opened["denominator"]) == (places["opened"], places["promised"])
    assert figures("programme_places_filled")["numerator"].tolist() == [places["filled"]]
