"""The published headlines counted a second time from the extract files, in plain pandas.

Nothing of the product's code is used but its table of refused rows; every difference is a fault.
"""

import importlib.util
from pathlib import Path

import duckdb
import pandas as pd
import pytest

_SPEC = importlib.util.spec_from_file_location(
    "second_count", Path(__file__).with_name("second_count.py")
)
count = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(count)

BOROUGH = "372"
OUTSIDE = ["independent_special", "nmss"]


@pytest.fixture(scope="module")
def warehouse(demo_home):
    with duckdb.connect(str(demo_home / "warehouse.duckdb"), read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def published(warehouse):
    """Headline rows of a metric by the start of their period."""
    rows = warehouse.execute(
        "select metric_id, period_start, period_end, numerator, denominator, value"
        " from observation where breakdown = 'all' and area_kind = 'borough' and value is not null"
    ).df()
    return lambda metric: rows[rows["metric_id"] == metric].set_index("period_start").sort_index()


@pytest.fixture(scope="module")
def files(demo_home, warehouse):
    refused = warehouse.execute("select distinct file, line from quarantine").fetchall()
    return count.Extracts(demo_home, refused)


@pytest.fixture(scope="module")
def school(files):
    """Registrations, January rolls, who had SEMH need, and suspensions."""
    regs = count.registrations(files)
    roll = count.january(files, regs)
    return regs, roll, count.semh_pupils(roll), count.suspensions(files, regs)


def year(numbers, month=9):
    """Figures by the year a period began in, by its first day."""
    return numbers.set_axis([pd.Timestamp(int(y), month, 1) for y in numbers.index])


def month(when):
    return when.dt.to_period("M").dt.start_time


def agree(rows, **expected):
    """Every published figure is the figure counted here; nothing counted means nought."""
    assert len(rows) >= 5
    for name, numbers in expected.items():
        found = numbers.reindex(rows.index).fillna(0)
        pd.testing.assert_series_equal(
            rows[name].astype(float), found.astype(float), check_names=False, check_index_type=False
        )


def test_share_of_pupils_with_semh(published, school):
    _, roll, _, _ = school
    counted = roll[roll["counted"]].groupby("census_day")["semh"]
    agree(published("semh_pupils_share"), numerator=counted.sum(), denominator=counted.size(),
          value=100 * counted.mean())  # fmt: skip


def test_suspensions_by_month(published, school):
    _, _, pupils, suspended = school
    found = count.of_semh(suspended, pupils)
    agree(published("semh_suspensions"), value=found.groupby(month(found["start"])).size())


@pytest.mark.parametrize("semh", [True, False])
def test_suspension_rates(published, files, school, semh):
    _, roll, pupils, suspended = school
    roll = roll[roll["counted"] & (roll["semh"] | (not semh))]
    suspended = _returned_in_january(files, school, suspended)
    if semh:
        suspended = count.of_semh(suspended, pupils)
    n, d = year(suspended.groupby("year").size()), year(roll.groupby("year").size())
    rows = published("semh_suspension_rate" if semh else "all_suspension_rate")
    agree(rows, numerator=n, denominator=d, value=100 * n / d)


def _returned_in_january(files, school, suspended):
    """Suspensions without those of settings that owed a January census and sent nobody in it."""
    register = files.table("schools/school_register.csv").drop_duplicates("urn")
    owing = register[register["expects_census"] == "True"].set_index("urn")
    opened, closed = pd.to_datetime(owing["open_date"]), pd.to_datetime(owing["close_date"])
    januaries = school[0][~school[0]["left"] & school[0]["census"].str.endswith("spring")]
    missing = {
        (urn, when.year - 1)
        for when, sent in januaries.groupby("census_day")["urn"].agg(set).items()
        for urn in owing.index[~(opened > when) & ~(closed < when)]
        if urn not in sent
    }
    keys = zip(suspended["urn"], suspended["year"], strict=True)
    return suspended[[key not in missing for key in keys]]


def test_absence(published, files, school):
    regs, _, pupils, _ = school
    rows = count.of_semh(count.sessions(files, regs), pupils)
    whole = rows.groupby("year")[["missed", "possible"]].sum()
    n, d = year(whole["missed"]), year(whole["possible"])
    agree(published("semh_absence"), numerator=n, denominator=d, value=100 * n / d)
    each = rows.groupby(["year", "upn"])[["missed", "possible"]].sum()
    for metric, share in (("semh_persistent_absence", 0.1), ("semh_severe_absence", 0.5)):
        far = (each["missed"] >= share * each["possible"] - 1e-9).groupby("year")
        agree(published(metric), numerator=year(far.sum()), denominator=year(far.size()))


def test_plans_and_requests(published, files):
    inforce = count.plans(files)
    semh = inforce[inforce["sentype"] == "SEMH"].groupby("on").size()
    agree(published("semh_ehc_plans"), value=semh)
    rows = count.requests(files)
    asked = rows.drop_duplicates(["who", "received"], keep="last")
    agree(published("ehc_requests"), value=asked.groupby(month(asked["received"])).size())


def test_plans_in_twenty_weeks(published, files):
    rows = count.requests(files).dropna(subset="assessmentoutcome")
    rows = rows.drop_duplicates(["who", "received"], keep="last")
    rows = rows[(rows["assessmentoutcome"] == "Y") & (rows["week20"] != "True")]
    in_time = (rows["decided"] - rows["received"]).dt.days <= 140
    found = in_time.groupby(rows["decided"].dt.year)
    n, d = year(found.sum(), 1), year(found.size(), 1)
    agree(published("ehc_plans_within_20_weeks"), numerator=n, denominator=d, value=100 * n / d)


def _under_way(rows, on):
    return rows[(rows["start"] <= on) & ~(rows["end"] < on)]


def test_placements_and_their_cost(published, files):
    rows = count.placements(files)
    semh = rows[rows["primary_need"] == "SEMH"]
    away = semh[(semh["host_authority"] != BOROUGH) & semh["placement_type"].isin(OUTSIDE)]
    here = semh[(semh["host_authority"] == BOROUGH) & (semh["placement_type"] == "special")]
    ends = published("oob_placements")["period_end"]
    agree(published("oob_placements"), value=ends.map(lambda on: len(_under_way(away, on))))
    for metric, placed in (("oob_cost_per_placement", away), ("local_cost_per_place", here)):
        ends = published(metric)["period_end"]
        costs = {start: _under_way(placed, on)["cost"].mean() for start, on in ends.items()}
        agree(published(metric), value=pd.Series(costs))
    spent = published("oob_spend")
    by_year = {start: _spent(away, start, end) for start, end in spent["period_end"].items()}
    agree(spent, value=pd.Series(by_year))


def _spent(rows, start, end):
    """Each line's yearly cost for the share of the year's days it lasted."""
    last = rows["end"].fillna(end).clip(upper=end)
    days = ((last - rows["start"].clip(lower=start)).dt.days + 1).clip(lower=0)
    return (rows["cost"] * days).sum() / ((end - start).days + 1)


def test_places_filled(published, files):
    rows = published("semh_places_filled")
    places = files.table("commissioning/places_commissioned.csv")
    semh = places["designation"].eq("SEMH") & places["host_authority"].eq(BOROUGH)
    names = {9: "autumn", 1: "spring", 4: "summer"}
    placed, whole, filled = count.placements(files), {}, {}
    for start, end in rows["period_end"].items():
        first = start.year - (start.month < 9)
        label = f"{first}/{(first + 1) % 100:02d}"
        term = places[semh & (places["academic_year"] == label)
                      & (places["term"] == names[start.month])]  # fmt: skip
        here = placed[placed["provision_id"].isin(term["provision_id"])]
        whole[start] = term["places"].astype(float).sum()
        filled[start] = len(_under_way(here, end))
    agree(rows, numerator=pd.Series(filled), denominator=pd.Series(whole))


def test_referrals_and_waits(published, files):
    rows = count.referrals(files)
    agree(published("camhs_referrals"), value=rows.groupby(month(rows["received"])).size())
    seen = rows.dropna(subset="seen")
    weeks = (seen["seen"] - seen["received"]).dt.days.div(7).groupby(month(seen["seen"]))
    for metric, share in (("camhs_wait_median", 0.5), ("camhs_wait_p90", 0.9)):
        agree(published(metric), denominator=weeks.size(), value=weeks.quantile(share))
