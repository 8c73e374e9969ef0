"""Measures of children out of school, appeals and waits counted a second time from the files."""

import sys
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent))

import children_count as count
from second_fixtures import agree, files, published, warehouse, year

__all__ = ["files", "published", "warehouse"]


def test_schools_that_returned_their_reduced_timetables(published, files):
    rows = count.register(files, "out_of_school/reduced_timetable_return.csv")
    asked = count.schools(files)
    sent = rows[rows["urn"].isin(asked["urn"])].groupby("month")["urn"].nunique()
    figures = published("reduced_timetable_returned")
    owed = {
        start: int(((asked["opened"] <= start) & ~(asked["closed"] < end)).sum())
        for start, end in figures["period_end"].items()
    }
    agree(figures, numerator=sent, denominator=pd.Series(owed))
    nil = rows["pupils_on_reduced_timetable"] == "0"
    assert nil.any()  # a nil return is counted as returned


def test_children_in_home_education(published, files):
    rows = count.register(files, "out_of_school/ehe.csv")
    rows["who"] = rows["upn"].fillna(rows["ehe_id"])
    every, semh = published("home_educated_children"), published("home_educated_semh_share")
    agree(every, value=count.on_each(every["period_end"], rows, "start_date", "end_date", "who"))
    mine = rows[rows["primary_need"] == "SEMH"]
    found = count.on_each(semh["period_end"], mine, "start_date", "end_date", "who")
    agree(semh, numerator=found)
    began = rows["start_date"]
    starts = rows.groupby(began.dt.year - (began.dt.month < 9)).size()
    agree(published("home_education_started"), value=year(starts))


def test_waits_for_a_specialist_place(published, files):
    rows = count.register(files, "placement/place_wait.csv")
    rows["until"] = rows[["placed_date", "withdrawn_date"]].min(axis=1)
    waiting = published("waiting_for_a_place")
    ends = waiting["period_end"]
    agree(waiting, value=count.on_each(ends, rows, "asked_date", "until", "upn"))
    placed = rows.dropna(subset="placed_date")
    weeks = (placed["placed_date"] - placed["asked_date"]).dt.days / 7
    began = placed["placed_date"].dt.year - (placed["placed_date"].dt.month < 9)
    agree(published("wait_for_a_place_median"), value=year(weeks.groupby(began).median()))


def test_appeals_and_the_mediations_before_them(published, files):
    rows = count.register(files, "placement/dispute.csv")
    appeals = rows[rows["kind"] == "APP"]
    by_year = appeals.groupby(appeals["registered_date"].dt.year).size()
    rate = published("tribunal_appeal_rate")
    assert len(rate) >= 4
    found = year(by_year, 1).reindex(rate.index).fillna(0)
    assert (rate["numerator"] == found).all()


def test_pupils_of_alternative_provision_who_were_excluded(published, files):
    rows = files.census("approvisiondetailonroll")
    pupils = files.census("pupilonroll").rename(columns={"schoolcensustableid": "return"})
    pupils = pupils[["census", "pupilonrolltableid", "upn", "return"]]
    heads = files.census("schoolcensus").rename(columns={"schoolcensustableid": "return"})
    both = rows.merge(pupils, on=["census", "pupilonrolltableid"])
    both = both.merge(heads[["census", "return", "referencedate"]], on=["census", "return"])
    day = pd.to_datetime(both["referencedate"].str.slice(0, 11), format="mixed")
    excluded = both["apreason"] == "PEX"
    n, d = excluded.groupby(day).sum(), both.groupby(day).size()
    agree(published("ap_permanently_excluded_share"), numerator=n, denominator=d)
