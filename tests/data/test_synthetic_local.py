"""The council's own records of the simulated borough: what was planted is there, and no more."""

import numpy as np
import pandas as pd
import pytest

from data.synthetic import budgets, staff, support
from data.synthetic.faults_local import LOCAL
from metrics.methods.intervals import mean_interval
from models.extracts.local_records import LOCAL_RECORDS
from tests.data.test_synthetic_files import read

BOROUGHS, CHILDREN = 1000, 120
KINDS = {row[0]: row for row in support.REGISTER}


def _changes(kind: str) -> np.ndarray:
    """Changes in wellbeing of one kind's children, a row for each of many boroughs."""
    frame = pd.DataFrame({"id": [kind] * (BOROUGHS * CHILDREN), "end": 1, "completed": True})
    support._score(np.random.default_rng(5), frame, {kind: KINDS[kind][7]})
    moved = frame["score_after"].astype(float) - frame["score_before"].astype(float)
    return moved.to_numpy().reshape(BOROUGHS, CHILDREN)


@pytest.mark.parametrize("kind", ["I01", "I02"])
def test_the_planted_change_lies_in_its_interval(kind):
    """A 95 % interval, over many boroughs; for the kind that changes nothing, that is nought."""
    planted = KINDS[kind][7]
    found = mean_interval(_changes(kind))
    held = np.mean((found.lower <= planted) & (planted <= found.upper))
    assert 0.93 <= held <= 0.97
    assert (planted == 0) == (kind == "I02")


def test_the_effective_kind_is_told_from_usual():
    gains = {kind: np.nanmean(_changes(kind)) for kind in ("I01", "I04")}
    assert gains["I01"] - gains["I04"] == pytest.approx(1.5, abs=0.1)


def test_every_local_record_is_written_and_has_a_fault(borough):
    _, truth = borough
    written = {file.split("/")[1].removesuffix(".csv") for file in truth["rows"]}
    assert {contract.extract for contract in LOCAL_RECORDS} <= written
    faulty = {fault.file for fault in LOCAL}
    assert {f"{name.split('/')[1]}" for name in faulty} == {
        f"{contract.extract}.csv" for contract in LOCAL_RECORDS
    }


def test_decisions_in_the_file_are_those_of_the_truth(borough):
    out, truth = borough
    spoiled = sum(fault["file"] == "local/panel_cases.csv" for fault in truth["faults"])
    cases = read(out, "local/panel_cases.csv", "due_date", "decided_date")
    due = pd.to_datetime(cases["due_date"], errors="coerce")
    decided = pd.to_datetime(cases["decided_date"], errors="coerce")
    told = truth["local"]["panel"]["due"].values()
    on_time = int((decided <= due).sum())
    assert abs(on_time - sum(year["on_time"] for year in told)) <= spoiled


def test_silent_schools_are_in_neither_file_and_nil_rows_are(borough):
    out, truth = borough
    silent = {str(u) for u in truth["local"]["staff"]["planted"]["schools_that_never_answer"]}
    training = read(out, "local/training_attendance.csv", "urn", "attended")
    assert silent and not silent & set(training["urn"])
    assert not silent & set(read(out, "local/staff_survey.csv", "urn")["urn"])
    assert (training["attended"] == "0").sum() > len(training) / 4


def test_a_training_course_never_has_more_staff_than_there_are(borough):
    out, _ = borough
    rows = read(out, "local/training_attendance.csv", "attended", "eligible")
    numbers = rows.apply(pd.to_numeric, errors="coerce").dropna()
    fair = numbers[numbers["eligible"] >= 0]
    assert (fair["attended"] <= fair["eligible"]).all()


def test_vacancies_rise_in_the_planted_service_only(borough):
    out, _ = borough
    posts = read(out, "local/workforce_in_post.csv", "service", "on_date", "establishment_fte",
                 "in_post_fte")  # fmt: skip
    posts = posts.assign(
        owed=pd.to_numeric(posts["establishment_fte"], errors="coerce"),
        there=pd.to_numeric(posts["in_post_fte"], errors="coerce"),
        late=posts["on_date"] >= f"{staff.SHORT_FROM}-09",
    ).dropna()
    sums = posts[posts["owed"] > 0].groupby(["service", "late"])[["owed", "there"]].sum()
    vacant = 1 - sums["there"] / sums["owed"]
    rise = vacant.xs(True, level="late") - vacant.xs(False, level="late")
    assert rise.pop(staff.SHORT_SERVICE) == pytest.approx(
        staff.SHORT_VACANT - staff.VACANT, abs=0.03
    )
    assert rise.abs().max() < 0.03


def test_price_volume_and_mix_add_up_and_the_balance_carries_on(borough):
    out, truth = borough
    planted = truth["money"]["planted"]["overspent"]
    parts = planted["price"] + planted["volume"] + planted["mix"]
    assert parts == pytest.approx(planted["change"], abs=0.02)
    assert min(planted["price"], planted["volume"]) > 0
    balance = read(out, "finance/dsg_balance.csv", "brought_forward", "carried_forward")
    money = balance.drop_duplicates().astype({"brought_forward": float, "carried_forward": float})
    assert money["brought_forward"].tolist()[1:] == money["carried_forward"].tolist()[:-1]


def test_only_the_planted_year_of_the_planted_line_is_over(borough):
    out, _ = borough
    rows = read(out, "finance/budget_lines.csv", "line", "financial_year", "budget",
                "forecast_outturn", "forecast_month")  # fmt: skip
    march = rows[(rows["line"] == "1.2.3") & rows["forecast_month"].str.endswith("-03-01")]
    pounds = march.assign(
        budget=pd.to_numeric(march["budget"], errors="coerce"),
        spent=pd.to_numeric(march["forecast_outturn"], errors="coerce"),
    ).dropna()
    sums = pounds.groupby("financial_year")[["budget", "spent"]].sum()
    over = sums["spent"] / sums["budget"] - 1
    assert over.pop(f"{budgets.OVERSPENT}-26") > 0.1
    assert over.abs().max() < 1e-9
