"""Measures of schools in plain pandas: pupils, suspensions, exclusions, absence.

Each works from the tables on its own. Groups are pupils with SEMH as primary need (`semh`), all
with special educational needs (`sen`) and all pupils (`all`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
from pandas_tools import (
    By,
    Tables,
    alone,
    described,
    proportion,
    rate,
    ratio,
    roll,
    school_year,
    year_of,
)


def who(rows: pd.DataFrame, group: str) -> pd.DataFrame:
    """The rows of pupils of a group, by what the census says of their support."""
    need = rows["primary_need"].eq("SEMH") if group.startswith("semh") else True
    kind = {"all": None, "support": ["K"], "plan": ["E"]}.get(group.split("_")[-1], ["K", "E"])
    return rows if kind is None else rows[rows["sen_provision"].isin(kind) & need]


def pupils_share(tables: Tables, group: str, by: By) -> pd.DataFrame:
    january, known = roll(tables["pupil_census"])
    rows = described(tables, january.assign(on_date=january["census_date"]), known)
    rows = rows.assign(period_start=rows["on_date"])
    return proportion(who(rows, group), rows, by)


def before_opening(tables: Tables, rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """Events of before a school opened, at the school it took over from."""
    school = tables["school"][["urn", "predecessor_urn", "open_date"]]
    rows = rows.merge(school, how="left", on="urn")
    earlier = rows["open_date"].gt(rows[day]) & rows["predecessor_urn"].notna()
    return rows.assign(urn=rows["urn"].mask(earlier, rows["predecessor_urn"]))


def suspended(tables: Tables, known: pd.DataFrame, permanently: bool = False) -> pd.DataFrame:
    events = tables["suspension"]
    kind = events["category"].eq("PERM") if permanently else events["category"].ne("PERM")
    events = before_opening(tables, events[kind], "start_date")
    events = events.assign(on_date=events["start_date"], amount=events["sessions"] / 2)
    return described(tables, events, known)


def suspensions(tables: Tables, by: By) -> pd.DataFrame:
    _, known = roll(tables["pupil_census"])
    events = who(suspended(tables, known), "semh")
    months = events["on_date"].dt.to_period("M").dt.start_time
    return alone(events.assign(period_start=months), by)


def both_of_year(
    tables: Tables, group: str, permanently: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Suspensions of a group at settings that returned the census, and the group's pupils."""
    january, known = roll(tables["pupil_census"])
    pupils = described(tables, january.assign(on_date=january["census_date"]), known)
    events = who(suspended(tables, known, permanently), group)
    events = events.merge(january[["urn", "year"]].drop_duplicates(), on=["urn", "year"])
    return school_year(events), school_year(who(pupils, group))


def suspension_rate(tables: Tables, group: str, by: By, permanently: bool = False) -> pd.DataFrame:
    return rate(*both_of_year(tables, group, permanently), by)


def permanent_exclusions(tables: Tables, by: By) -> pd.DataFrame:
    events, _ = both_of_year(tables, "all", permanently=True)
    return alone(events, by)


def monthly_rate(tables: Tables, group: str, by: By) -> pd.DataFrame:
    """Suspensions of a month per 100 pupils of that academic year's January census."""
    events, pupils = both_of_year(tables, group)
    events = events.assign(period_start=events["on_date"].dt.to_period("M").dt.start_time)
    months = pd.DataFrame({"month": [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7]})
    each = pupils.drop(columns="period_start").merge(months, how="cross")
    year = each["year"] + each["month"].lt(9)
    first = pd.to_datetime({"year": year, "month": each["month"], "day": 1})
    return rate(events, each.assign(period_start=first), by)


def days_lost(tables: Tables, group: str, by: By) -> pd.DataFrame:
    events, pupils = both_of_year(tables, group)
    return ratio(pd.concat([events, pupils.assign(base=1.0)]), by)


def pupils_suspended(tables: Tables, group: str, by: By) -> pd.DataFrame:
    events, _ = both_of_year(tables, "all")
    _, pupils = both_of_year(tables, group)
    pairs = events[["person_id", "year"]].drop_duplicates()
    return proportion(pupils.merge(pairs, on=["person_id", "year"]), pupils, by)


ABSENT = ["C", "C1", "C2", "E", "G", "H", "I", "J1", "M", "N", "O", "R", "S", "T", "U"]


def sessions(tables: Tables, codes: list[str]) -> pd.DataFrame:
    """Sessions possible and with those codes by pupil, school and term."""
    census, marks = tables["pupil_census"], tables["attendance"]
    terms = marks[["term_start", "term_end"]].drop_duplicates()
    days = census[["census_date"]].drop_duplicates().merge(terms, how="cross")
    gap = (days["census_date"] - days["term_end"]).dt.days
    told = days[gap.between(1, 100)].groupby("census_date", as_index=False).max()
    keys = ["person_id", "urn", "term_start"]
    possible = census[census["sessions_possible"].gt(0)].merge(told, on="census_date")
    possible = possible.groupby([*keys, "term_end"], as_index=False)["sessions_possible"].sum()
    missed = marks[marks["code"].isin(codes)].groupby(keys, as_index=False)["sessions"].sum()
    rows = before_opening(tables, possible.merge(missed, how="left", on=keys), "term_end")
    return rows.assign(
        on_date=rows["term_start"],
        amount=rows["sessions"].fillna(0.0),
        base=rows["sessions_possible"].astype(float),
    )


def absence(
    tables: Tables, group: str, by: By, codes: list[str] = ABSENT, since: str = "1900-01-01"
) -> pd.DataFrame:
    _, known = roll(tables["pupil_census"])
    rows = sessions(tables, codes)
    rows = who(described(tables, rows[rows["on_date"] >= since], known), group)
    return ratio(school_year(rows), by)


def often_absent(tables: Tables, group: str, share: float, by: By) -> pd.DataFrame:
    """Pupils who missed that share of a year's sessions, at all their schools together."""
    _, known = roll(tables["pupil_census"])
    rows = sessions(tables, ABSENT)
    rows = rows.assign(year=year_of(rows["on_date"]))
    rows = rows.sort_values(["term_start", "base", "urn"], ascending=[True, True, False])
    years = rows.groupby(["person_id", "year"], as_index=False).agg(
        amount=("amount", "sum"), base=("base", "sum"), urn=("urn", "last"),
        on_date=("on_date", "last"),
    )  # fmt: skip
    years = school_year(who(described(tables, years.drop(columns="year"), known), group))
    return proportion(years[years["amount"] >= share * years["base"]], years, by)


UNAUTHORISED, PART_TIME, ELSEWHERE = ["G", "N", "O", "U"], ["C2"], ["B", "K"]
CODED_SINCE = "2024-08-19"
_NOT_FOR_ALL = ("unauthorised_absence", "part_time_sessions", "offsite_sessions")


def at_census(tables: Tables) -> pd.DataFrame:
    """The January roll described: pupils of the census day."""
    january, known = roll(tables["pupil_census"])
    rows = described(tables, january.assign(on_date=january["census_date"]), known)
    return rows.assign(period_start=rows["on_date"])


def pupils_with_plan(tables: Tables, group: str, by: By) -> pd.DataFrame:
    return alone(who(at_census(tables), group), by)


def share_of_support(tables: Tables, by: By) -> pd.DataFrame:
    rows = at_census(tables)
    return proportion(who(rows, "semh_support"), who(rows, "support"), by)


def from_elsewhere(tables: Tables, group: str, by: By) -> pd.DataFrame:
    """Pupils of a group whose home area is known to lie outside the borough."""
    january, known = roll(tables["pupil_census"])
    homes = january.loc[january["lsoa"].isin(tables["area"]["lsoa"]), ["person_id", "census_date"]]
    rows = described(tables, january.assign(on_date=january["census_date"]), known)
    rows = rows.assign(period_start=rows["on_date"], census_date=rows["on_date"])
    rows = who(rows.merge(homes, on=["person_id", "census_date"]), group)
    return proportion(rows[rows["locality"].isna()], rows, by)


def newly_recorded(tables: Tables, group: str, by: By) -> pd.DataFrame:
    """Pupils of both Januaries who were not of the group in the first and are in the second."""
    rows = at_census(tables)
    every = tables["pupil_census"]
    every = every[every["on_roll"] & every["census_date"].dt.month.eq(1)]
    rank = every["enrol_status"].map({"C": 1, "M": 2}).fillna(3)
    before = every.assign(rank=rank, year=every["census_date"].dt.year)
    before = before.sort_values(["rank", "urn"]).drop_duplicates(["person_id", "year"])
    keys = ["person_id", "year"]
    rows = rows.merge(before[keys], on=keys)
    had = who(before, group)[keys].assign(had=True)
    rows = rows.merge(had, how="left", on=keys)
    rows = rows[rows["had"].isna()]
    return proportion(who(rows, group), rows, by)


def suspension_reasons(tables: Tables, group: str, by: By) -> pd.DataFrame:
    """Pupils once for each kind of reason in a year."""
    events = tables["suspension"]
    events = events[events["category"].ne("PERM")]
    told = events.melt(["person_id", "start_date"], ["reason1", "reason2", "reason3"]).dropna()
    told = told.assign(
        year=year_of(told["start_date"]), reason=told["value"].map(REASONS).fillna("Other reasons")
    )
    told = told.drop_duplicates(["person_id", "year", "reason"])
    _, known = roll(tables["pupil_census"])
    told = told.merge(known, how="left", on=["person_id", "year"])
    return alone(school_year(who(told, group)), by)


REASONS = {
    "DB": "Persistent disruptive behaviour",
    "PP": "Physical assault, pupil",
    "PA": "Physical assault, adult",
    "OW": "Weapon or prohibited item",
    "DA": "Drugs and alcohol",
}
REASONS |= dict.fromkeys(["VP", "VA"], "Verbal abuse or threats")
REASONS |= dict.fromkeys(["DM", "TH"], "Damage or theft")
REASONS |= dict.fromkeys(["BU", "RA", "LG", "DS", "SM"], "Bullying, discrimination, misconduct")

_EACH: dict[str, Callable[..., pd.DataFrame]] = {
    "suspension_rate": suspension_rate,
    "permanent_exclusion_rate": partial(suspension_rate, permanently=True),
    "pupils_suspended": pupils_suspended,
    "days_lost_to_suspension": days_lost,
    "absence": absence,
    "persistent_absence": partial(often_absent, share=0.1),
    "severe_absence": partial(often_absent, share=0.5),
    "unauthorised_absence": partial(absence, codes=UNAUTHORISED),
    "part_time_sessions": partial(absence, codes=PART_TIME, since=CODED_SINCE),
    "offsite_sessions": partial(absence, codes=ELSEWHERE, since=CODED_SINCE),
}

SCHOOLS: dict[str, Callable[..., pd.DataFrame]] = {
    f"{group}_{name}": partial(work, group=group)
    for name, work in _EACH.items()
    for group in (("semh", "sen") if name in _NOT_FOR_ALL else ("semh", "sen", "all"))
    if f"{group}_{name}" != "sen_days_lost_to_suspension"
} | {
    "semh_pupils_share": partial(pupils_share, group="semh"),
    "all_sen_pupils_share": partial(pupils_share, group="sen"),
    "semh_sen_support_share": partial(pupils_share, group="semh_support"),
    "all_sen_support_share": partial(pupils_share, group="support"),
    "semh_pupils_with_plan_share": partial(pupils_share, group="semh_plan"),
    "all_pupils_with_plan_share": partial(pupils_share, group="plan"),
    "semh_suspensions": suspensions,
    "semh_suspension_rate_monthly": partial(monthly_rate, group="semh"),
    "permanent_exclusions": permanent_exclusions,
    "semh_pupils_with_plan": partial(pupils_with_plan, group="semh_plan"),
    "all_pupils_with_plan": partial(pupils_with_plan, group="plan"),
    "semh_share_of_sen_support": share_of_support,
    "semh_pupils_from_elsewhere": partial(from_elsewhere, group="semh"),
    "all_sen_pupils_from_elsewhere": partial(from_elsewhere, group="sen"),
    "semh_newly_recorded": partial(newly_recorded, group="semh"),
    "all_newly_recorded": partial(newly_recorded, group="sen"),
    "semh_suspension_reasons": partial(suspension_reasons, group="semh"),
    "all_suspension_reasons": partial(suspension_reasons, group="all"),
}
