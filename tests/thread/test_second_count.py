"""The published headlines of schools counted a second time from the census files.

Nothing of the product's code is used but its table of refused rows; every difference is a fault.
"""

import sys
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

import census_count as count
from second_fixtures import agree, files, month, published, warehouse, year

__all__ = ["files", "published", "warehouse"]


@pytest.fixture(scope="module")
def school(files):
    """Registrations, January rolls, who had SEMH need, and suspensions."""
    regs = count.registrations(files)
    roll = count.january(files, regs)
    return regs, roll, count.semh_pupils(roll), count.suspensions(files, regs)


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
