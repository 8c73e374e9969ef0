"""Coverage: too few returns, and a period is not shown; a broken step stops only what needs it."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tiny import PROFILE, measured, pupil, warehouse

from metrics.catalogue import find_metric
from metrics.measure import measure_all, steps
from metrics.measure.floor import floor_of
from models.extracts import EXTRACTS
from models.suppliers import FACT_EXTRACTS, owner_of, wanted
from models.warehouse import FACTS

JANUARY = date(2025, 1, 16)
URNS = range(900001, 900011)


def with_returns(sent):
    """Ten settings that owe the January census, of which the first so many sent it."""
    return warehouse(
        school=[{"urn": urn, "phase": "primary", "expects_census": True} for urn in URNS],
        census_return=[{"census_date": JANUARY, "urn": urn} for urn in URNS[:sent]],
        pupil_census=[pupil(f"child {urn}", JANUARY, urn=urn) for urn in URNS[:sent]],
    )


def whole(rows):
    return next(r for r in rows if r["area_kind"] == "borough" and r["breakdown"] == "all")


@pytest.mark.parametrize(("sent", "status"), [(10, "ok"), (6, "low_base"), (5, "not_available")])
def test_a_share_needs_six_returns_of_ten(sent, status):
    row = whole(measured(with_returns(sent), "semh_pupils_share"))
    assert row["status"] == status
    assert (row["value"] == row["value"]) == (status != "not_available")


def test_a_period_below_its_floor_says_what_is_missing_and_from_whom():
    rows = measured(with_returns(4), "semh_pupils_share")
    assert whole(rows)["loads"].startswith("only 4 of 10 census returns came; ask for the others")
    assert "data team" in whole(rows)["loads"]
    schools = {r["area_id"]: r["status"] for r in rows if r["area_kind"] == "school"}
    assert schools["900001"] != "not_available"  # it did return


def test_a_sum_has_a_higher_floor_than_a_share_and_a_metric_may_set_its_own():
    count, share = find_metric("semh_suspensions").metric, find_metric("semh_pupils_share").metric
    assert floor_of(count) > floor_of(share)
    assert floor_of(share.model_copy(update={"floor": 0.95})) == 0.95


def test_every_fact_has_a_supplier_or_says_that_none_has_agreed():
    for fact in FACTS:
        assert set(FACT_EXTRACTS.get(fact, ())) <= set(EXTRACTS)
        assert (owner_of(fact) or "no supplier has agreed") in wanted(fact)


def test_a_broken_step_fails_only_the_metrics_that_need_it(monkeypatch):
    bad = replace(steps.load_steps()["semh_pupil"], sql="select nothing from nowhere")
    spoilt = {**steps.load_steps(), "semh_pupil": bad}
    monkeypatch.setattr(steps, "load_steps", lambda: spoilt)
    files = [find_metric("semh_suspension_rate"), find_metric("semh_pupils_share")]
    report = measure_all(with_returns(10), PROFILE, files=files)
    assert set(report.failed) == {"semh_suspension_rate"}
    assert "its shared step semh_pupil failed" in report.failed["semh_suspension_rate"]
    assert set(report.measured) == {"semh_pupils_share"}


def test_a_metric_whose_sql_cannot_be_read_stops_no_other():
    broken = replace(find_metric("semh_suspension_rate"), numerator_sql="select from (")
    report = measure_all(
        with_returns(10), PROFILE, files=[broken, find_metric("semh_pupils_share")]
    )
    assert set(report.failed) == {"semh_suspension_rate"}
    assert set(report.measured) == {"semh_pupils_share"}
