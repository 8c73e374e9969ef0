"""The engine: whole periods, places, returns, intervals, loads, and failing alone."""

import dataclasses
import math
import sys
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from tiny import PROFILE, add_load, add_rows, cells, measured, pupil, suspension, warehouse

from metrics.catalogue import find_metric, load_catalogue
from metrics.measure import explain, measure_all
from metrics.measure.calendar import make_calendar
from metrics.methods.intervals import dsr, quantile_interval
from models.observation import OBSERVATION_COLUMNS, Observation

NUMBERS = ["numerator", "denominator", "value", "lower", "upper"]
OUTSIDE, INSIDE = "E01990999", "E01990001"
WARD = PROFILE.localities[0].wards[0].code


def borough(rows):
    return {row["period_start"].date(): row for row in rows if row["area_kind"] == "borough"}


def table(con, name="observation"):
    return con.execute(f"select * from {name}").df()


# --- whole periods


@pytest.mark.parametrize(
    ("last_census", "last_event", "years"),
    [
        (date(2025, 10, 2), date(2025, 6, 2), [2023, 2024]),
        (date(2025, 5, 15), date(2025, 3, 3), [2023]),
        (date(2025, 5, 15), date(2025, 7, 21), [2023, 2024]),
    ],
    ids=["reported by the autumn census", "summer not yet reported", "sent term by term"],
)
def test_a_year_whose_last_term_is_not_reported_is_not_shown(last_census, last_event, years):
    con = warehouse(
        pupil_census=[pupil("Amy", date(2024, 1, 18)), pupil("Amy", date(2025, 1, 16))],
        census_return=[
            {"census_date": day, "urn": 900001}
            for day in (date(2024, 1, 18), date(2025, 1, 16), last_census)
        ],
        suspension=[suspension("Amy", date(2023, 9, 20)), suspension("Amy", last_event)],
    )
    rows = measured(con, "all_suspension_rate", to=None)
    assert sorted(day.year for day in borough(rows)) == years


def test_a_month_without_school_is_no_month_and_one_without_events_is_zero():
    con = warehouse(
        pupil_census=[pupil("Amy")],
        suspension=[suspension("Amy", date(2025, 5, 6)), suspension("Amy", date(2025, 9, 29))],
    )
    rows = borough(measured(con, "semh_suspensions", to=None))
    months = {day.month: row["value"] for day, row in rows.items()}
    assert months == {5: 1, 6: 0, 7: 0, 9: 1}


def test_the_month_in_progress_is_left_out():
    referral = {"person_id": "Amy", "age_at_referral": 12, "team_type": "A18"}
    con = warehouse(
        referral=[
            referral | {"referral_id": str(i), "received_date": day}
            for i, day in enumerate([date(2025, 3, 3), date(2025, 4, 2), date(2025, 5, 12)])
        ],
        contact=[
            {
                "contact_id": "c",
                "referral_id": "0",
                "contact_date": date(2025, 3, 3),
                "attended": "5",
            }
        ],
    )
    rows = measured(con, "camhs_referrals", to=None)
    assert sorted(day.month for day in borough(rows)) == [3, 4]


def test_a_return_counts_for_its_term_as_soon_as_it_is_in():
    con = warehouse(
        school=[{"urn": 900001, "expects_census": True, "phase": "primary"}],
        census_return=[{"census_date": date(2025, 10, 2), "urn": 900001}],
    )
    rows = borough(measured(con, "census_returned", to=None))
    assert {day: row["value"] for day, row in rows.items()} == {date(2025, 9, 1): 100.0}


# --- places


def test_a_pupil_from_outside_is_in_the_whole_and_in_no_locality():
    con = warehouse(
        pupil_census=[pupil("Amy", lsoa=INSIDE), pupil("Ben", lsoa=OUTSIDE), pupil("Cal")],
        area=[
            {"lsoa": INSIDE, "ward_code": WARD, "locality": "north", "imd_decile": 2},
            {"lsoa": OUTSIDE, "ward_code": "E05990001", "locality": None, "imd_decile": 9},
        ],
    )
    found = cells(measured(con, "semh_pupils_share"), "denominator")
    day = date(2025, 1, 16)
    assert found[day, "all", "all"] == (3,)
    assert found[day, "locality", "north"] == (1,)
    assert found[day, "ward", WARD] == (1,)
    assert not [key for key in found if key[2] in ("E05990001", "outside", "None")]
    assert found[day, "deprivation", "1 (most deprived)"] == (1,)
    assert found[day, "deprivation", "Not known"] == (1,)


def test_schools_and_providers_are_for_partners_only():
    con = warehouse(
        pupil_census=[pupil("Amy")],
        school=[{"urn": 900001, "phase": "primary", "expects_census": True}],
    )
    for row in measured(con, "semh_pupils_share"):
        assert row["tier"] == ("partner" if row["area_kind"] == "school" else "open")


def test_a_school_that_sent_nothing_is_not_available_and_never_zero():
    con = warehouse(
        pupil_census=[pupil("Amy")],
        school=[{"urn": urn, "expects_census": urn != 900003} for urn in range(900001, 900004)],
        census_return=[{"census_date": date(2025, 1, 16), "urn": 900001}],
    )
    rows = {
        r["area_id"]: r for r in measured(con, "semh_pupils_share") if r["area_kind"] == "school"
    }
    assert {urn: row["status"] for urn, row in rows.items()} == {
        "900001": "low_base",
        "900002": "not_available",
    }
    assert all(math.isnan(rows["900002"][name]) for name in NUMBERS)


def test_a_school_whose_last_term_was_never_reported_has_no_rate_for_the_year():
    """Its pupils are known from January of that year; its suspensions of one term are not."""
    reports = [date(2025, 1, 16), date(2025, 5, 15), date(2025, 10, 2)]
    con = warehouse(
        pupil_census=[pupil(f"{urn} {i}", urn=urn) for urn in (900001, 900002) for i in range(12)],
        school=[{"urn": urn, "expects_census": True} for urn in (900001, 900002)],
        census_return=[{"census_date": day, "urn": 900001} for day in reports]
        + [{"census_date": day, "urn": 900002} for day in reports[:2]],
        suspension=[
            suspension("900001 1", date(2024, 11, 4)),
            suspension("900002 1", date(2024, 11, 4), urn=900002),
        ],
    )
    rates = cells(measured(con, "semh_suspension_rate"), "status")
    year = date(2024, 9, 1)
    assert rates[year, "school", "900001"] == ("ok",)
    assert rates[year, "school", "900002"] == ("not_available",)
    shares = cells(measured(con, "semh_pupils_share"), "status")
    assert shares[date(2025, 1, 16), "school", "900002"] == ("ok",)


# --- intervals


def test_repeat_events_widen_the_interval_as_the_reference_method_does():
    """One stratum of a directly standardised rate with event frequencies is a crude rate."""
    events = {"Amy": 7, "Ben": 3, "Cal": 1, "Dee": 1}
    con = warehouse(
        pupil_census=[pupil(f"other {i}") for i in range(16)] + [pupil(who) for who in events],
        suspension=[
            suspension(who, date(2024, 10, 1 + i)) for who, n in events.items() for i in range(n)
        ],
    )
    row = borough(measured(con, "semh_suspension_rate"))[date(2024, 9, 1)]
    expected = dsr([12], [20], [1], 100, event_frequencies={1: [2], 3: [1], 7: [1]})
    assert row["value"] == pytest.approx(expected.value)
    assert row["upper"] == pytest.approx(expected.upper)
    assert row["lower"] == pytest.approx(max(0.0, float(expected.lower)))


def test_a_wait_has_the_limits_of_its_order_statistics():
    rng = np.random.default_rng(7)
    waits = rng.integers(0, 200, 40)
    con = warehouse(
        referral=[
            {"referral_id": str(i), "person_id": str(i), "age_at_referral": 9, "team_type": "A18",
             "received_date": date(2025, 5, 1)}
            for i in range(40)
        ],
        contact=[
            {"contact_id": str(i), "referral_id": str(i), "attended": "5",
             "contact_date": np.datetime64("2025-05-01") + int(w) % 30}
            for i, w in enumerate(waits)
        ],
    )  # fmt: skip
    row = borough(measured(con, "camhs_wait_median"))[date(2025, 5, 1)]
    expected = quantile_interval((waits % 30) / 7, 0.5)
    assert (row["value"], row["lower"], row["upper"]) == pytest.approx(
        (float(expected.value), float(expected.lower), float(expected.upper))
    )


def test_an_absence_interval_takes_pupils_not_sessions_as_units():
    """Against the variance of a ratio over clusters, written out pupil by pupil."""
    missed = [0, 0, 5, 5, 10, 10, 20, 60, 100, 3, 4, 7]
    term = {"term_start": date(2024, 9, 2), "term_end": date(2024, 12, 20)}
    con = warehouse(
        pupil_census=[pupil(str(i), sessions_possible=130) for i in range(12)],
        attendance=[
            term | {"person_id": str(i), "urn": 900001, "code": "I", "sessions": n}
            for i, n in enumerate(missed)
        ],
    )
    row = borough(measured(con, "semh_absence"))[date(2024, 9, 1)]
    ratio = sum(missed) / (12 * 130)
    spread = sum((n - ratio * 130) ** 2 for n in missed) * 12 / 11
    half = 1.959963984540054 * math.sqrt(spread) / (12 * 130)
    assert row["value"] == pytest.approx(100 * ratio)
    assert row["upper"] == pytest.approx(100 * (ratio + half))
    assert row["lower"] == pytest.approx(100 * max(0, ratio - half))


# --- loads and the whole run


@pytest.fixture
def loaded():
    """A warehouse with a superseded load beside the current one."""
    con = warehouse(pupil_census=[pupil("Amy"), pupil("Ben", sen_provision="N", primary_need=None)])
    add_load(con, "old", "pupils")
    add_rows(con, "pupil_census", [pupil(f"gone {i}") for i in range(5)], load_id="old")
    con.execute("update load set superseded_by = 'load' where load_id = 'old'")
    return con


def test_only_current_loads_are_measured_and_named(loaded):
    report = measure_all(loaded, PROFILE)
    rows = table(loaded).query("metric_id == 'semh_pupils_share' and area_kind == 'borough'")
    assert rows.query("breakdown == 'all'")["denominator"].tolist() == [2]
    (loads,) = set(rows["loads"])
    assert loads.startswith("extract 1 [")
    assert report.measured["semh_pupils_share"] == len(
        table(loaded).query("metric_id == 'semh_pupils_share'")
    )


def test_another_load_gives_another_fingerprint(loaded):
    before = measured(loaded, "semh_pupils_share")[0]["loads"]
    add_load(loaded, "more")
    add_rows(loaded, "pupil_census", [pupil("Cal")], load_id="more")
    after = measured(loaded, "semh_pupils_share")[0]["loads"]
    assert before != after
    assert measured(loaded, "semh_pupils_share")[0]["loads"] == after


TRAINING = "Training attendance (from each school, through the council's workforce team)"


def test_without_its_source_a_metric_says_which_and_whom_to_ask(loaded):
    report = measure_all(loaded, PROFILE)
    row = table(loaded).query("metric_id == 'trained_lead_share'").iloc[0]
    assert (row.status, row.area_kind, row.loads) == (
        "not_available",
        "borough",
        f"no current load of: {TRAINING}",
    )
    assert row[NUMBERS].isna().all()
    assert report.unavailable["trained_lead_share"] == [TRAINING]
    assert report.ok


def test_every_observation_is_one(loaded):
    measure_all(loaded, PROFILE)
    frame = table(loaded)
    assert tuple(frame.columns) == OBSERVATION_COLUMNS
    blank = frame.astype(object).where(frame.notna(), None)
    for row in blank.to_dict("records"):
        Observation.model_validate(row)
    keys = ["metric_id", "period_start", "area_kind", "area_id", "breakdown", "category"]
    assert not frame.duplicated(keys).any()
    base = table(loaded, "observation_base")
    assert frame[keys].merge(base, on=keys).shape[0] == len(frame)


def test_running_again_replaces_the_whole_table(loaded):
    measure_all(loaded, PROFILE)
    first = table(loaded)
    measure_all(loaded, PROFILE)
    again = table(loaded)
    assert first.equals(again)
    temporary = loaded.execute("select table_name from duckdb_tables() where temporary").fetchall()
    assert temporary == []


def test_one_failing_metric_stops_no_other(loaded):
    good = find_metric("semh_pupils_share")
    bad = dataclasses.replace(
        find_metric("ehc_requests"), numerator_sql="select no_such_column as on_date from person",
        metric=find_metric("ehc_requests").metric.model_copy(
            update={"sources": ["pupil_census"], "breakdowns": []}),
    )  # fmt: skip
    report = measure_all(loaded, PROFILE, files=[bad, good])
    assert "no_such_column" in report.failed["ehc_requests"]
    assert not report.ok
    assert set(table(loaded)["metric_id"]) == {"semh_pupils_share"}


def test_a_proportion_that_counts_more_than_its_whole_fails(loaded):
    file = find_metric("semh_pupils_share")
    swapped = dataclasses.replace(
        file, numerator_sql=file.denominator_sql, denominator_sql=file.numerator_sql
    )
    report = measure_all(loaded, PROFILE, files=[swapped])
    assert "is more than denominator" in report.failed["semh_pupils_share"]


def test_a_run_that_breaks_leaves_the_last_one_whole(loaded, monkeypatch):
    measure_all(loaded, PROFILE)
    before = table(loaded)
    monkeypatch.setattr("metrics.measure.write.BASE_DDL", "create table {name} (broken")
    with pytest.raises(duckdb.Error):
        measure_all(loaded, PROFILE)
    assert table(loaded).equals(before)


def test_progress_counts_every_metric(loaded):
    seen = []
    measure_all(loaded, PROFILE, progress=lambda *step: seen.append(step))
    total = len(load_catalogue())
    assert [done for _, done, _ in seen] == list(range(total + 1))
    assert {of for _, _, of in seen} == {total}


def test_an_empty_warehouse_has_one_row_for_each_metric():
    con = warehouse()
    measure_all(con, PROFILE)
    frame = table(con)
    assert len(frame) == frame["metric_id"].nunique() == len(load_catalogue())
    assert set(frame["status"]) == {"not_available"}


@pytest.fixture(scope="module")
def with_calendar():
    """An empty warehouse with the calendar, the only table that `explain` does not spell out."""
    con = warehouse()
    make_calendar(con, PROFILE, 2024, 2025)
    return con


@pytest.mark.parametrize("file", load_catalogue(), ids=lambda file: file.metric.id)
def test_the_explained_sql_runs_by_itself(with_calendar, file):
    assert with_calendar.execute(explain(file.metric.id)).fetchall() == []
