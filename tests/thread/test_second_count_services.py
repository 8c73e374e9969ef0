"""The published headlines of plans, placements and waits counted a second time from the files.

Nothing of the product's code is used but its table of refused rows; every difference is a fault.
"""

import sys
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent))

import service_count as count
from second_fixtures import agree, files, month, published, warehouse, year

__all__ = ["files", "published", "warehouse"]

BOROUGH = "372"
OUTSIDE = ["independent_special", "nmss"]


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
