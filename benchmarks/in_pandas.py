"""Measures worked out in plain pandas, as an analyst would write them: for the benchmark.

Twenty-three measures (`MEASURES`), each from the warehouse's tables on its own, as an analyst's
scripts would be: tables are read once, in the time measured, and no measure uses another's work.
They cover every kind (count, proportion, rate, ratio, mean, quantile, money) and the large facts
(census, attendance, contacts). Each has its numerator, denominator, value and 95 % limits by
breakdown, without the coverage, status and returns that the engine adds. Vectorised throughout;
what is the same for a group of measures (describing a pupil, adding up, limits) is in
`pandas_tools`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
from pandas_tools import (
    alone,
    child,
    described,
    mean,
    of_contacts,
    of_placements,
    proportion,
    quantile,
    rate,
    ratio,
    roll,
    school_year,
    year_of,
)

FACTS = ("pupil_census", "attendance", "suspension", "referral", "contact", "placement_cost")
DIMENSIONS = ("person", "school", "area", "provider")
Tables = dict[str, pd.DataFrame]


def read(con: Any) -> Tables:
    """Every table the measures need, whole, from the warehouse."""
    facts = {name: con.execute(f"select * from live_{name}").df() for name in FACTS}
    return facts | {name: con.execute(f"select * from {name}").df() for name in DIMENSIONS}


def figures(tables: Tables) -> pd.DataFrame:
    """Every figure: metric_id, period_start, breakdown, category, numbers and limits."""
    named = [work(tables).assign(metric_id=name) for name, work in MEASURES.items()]
    return pd.concat(named, ignore_index=True)


def who(rows: pd.DataFrame, group: str) -> pd.DataFrame:
    """The rows of pupils of a group, by what the census says of their support."""
    need = rows["primary_need"].eq("SEMH") if group.startswith("semh") else True
    kind = {"all": None, "support": ["K"], "plan": ["E"]}.get(group.split("_")[-1], ["K", "E"])
    return rows if kind is None else rows[rows["sen_provision"].isin(kind) & need]


def pupils_share(tables: Tables, group: str, by: list[str]) -> pd.DataFrame:
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


def suspended(tables: Tables, known: pd.DataFrame) -> pd.DataFrame:
    events = tables["suspension"]
    events = before_opening(tables, events[events["category"].ne("PERM")], "start_date")
    events = events.assign(on_date=events["start_date"], amount=events["sessions"] / 2)
    return described(tables, events, known)


def suspensions(tables: Tables, by: list[str]) -> pd.DataFrame:
    _, known = roll(tables["pupil_census"])
    events = who(suspended(tables, known), "semh")
    months = events["on_date"].dt.to_period("M").dt.start_time
    return alone(events.assign(period_start=months), by)


def both_of_year(tables: Tables, group: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Suspensions of a group at settings that returned the census, and the group's pupils."""
    january, known = roll(tables["pupil_census"])
    pupils = described(tables, january.assign(on_date=january["census_date"]), known)
    events = who(suspended(tables, known), group)
    events = events.merge(january[["urn", "year"]].drop_duplicates(), on=["urn", "year"])
    return school_year(events), school_year(who(pupils, group))


def suspension_rate(tables: Tables, group: str, by: list[str]) -> pd.DataFrame:
    return rate(*both_of_year(tables, group), by)


def days_lost(tables: Tables, group: str, by: list[str]) -> pd.DataFrame:
    events, pupils = both_of_year(tables, group)
    return ratio(pd.concat([events, pupils.assign(base=1.0)]), by)


def pupils_suspended(tables: Tables, group: str, by: list[str]) -> pd.DataFrame:
    events, _ = both_of_year(tables, "all")
    _, pupils = both_of_year(tables, group)
    pairs = events[["person_id", "year"]].drop_duplicates()
    return proportion(pupils.merge(pairs, on=["person_id", "year"]), pupils, by)


ABSENT = ["C", "C1", "C2", "E", "G", "H", "I", "J1", "M", "N", "O", "R", "S", "T", "U"]


def sessions(tables: Tables) -> pd.DataFrame:
    """Sessions possible and missed by pupil, school and term."""
    census, marks = tables["pupil_census"], tables["attendance"]
    terms = marks[["term_start", "term_end"]].drop_duplicates()
    days = census[["census_date"]].drop_duplicates().merge(terms, how="cross")
    gap = (days["census_date"] - days["term_end"]).dt.days
    told = days[gap.between(1, 100)].groupby("census_date", as_index=False).max()
    keys = ["person_id", "urn", "term_start"]
    possible = census[census["sessions_possible"].gt(0)].merge(told, on="census_date")
    possible = possible.groupby([*keys, "term_end"], as_index=False)["sessions_possible"].sum()
    missed = marks[marks["code"].isin(ABSENT)].groupby(keys, as_index=False)["sessions"].sum()
    rows = before_opening(tables, possible.merge(missed, how="left", on=keys), "term_end")
    return rows.assign(
        on_date=rows["term_start"],
        amount=rows["sessions"].fillna(0.0),
        base=rows["sessions_possible"].astype(float),
    )


def absence(tables: Tables, group: str, by: list[str]) -> pd.DataFrame:
    _, known = roll(tables["pupil_census"])
    rows = who(described(tables, sessions(tables), known), group)
    rows = rows.assign(sen=rows["sen_provision"].map({"E": "EHC plan", "K": "SEN support"}))
    return ratio(school_year(rows), by)


def often_absent(tables: Tables, group: str, share: float, by: list[str]) -> pd.DataFrame:
    """Pupils who missed that share of a year's sessions, at all their schools together."""
    _, known = roll(tables["pupil_census"])
    rows = sessions(tables)
    rows = rows.assign(year=year_of(rows["on_date"]))
    rows = rows.sort_values(["term_start", "base", "urn"], ascending=[True, True, False])
    years = rows.groupby(["person_id", "year"], as_index=False).agg(
        amount=("amount", "sum"), base=("base", "sum"), urn=("urn", "last"),
        on_date=("on_date", "last"),
    )  # fmt: skip
    years = school_year(who(described(tables, years.drop(columns="year"), known), group))
    return proportion(years[years["amount"] >= share * years["base"]], years, by)


def wait(tables: Tables, share: float, by: list[str]) -> pd.DataFrame:
    return quantile(child(tables, of_contacts(tables)), share, by)


def seen_within(tables: Tables, days: int, by: list[str]) -> pd.DataFrame:
    rows = child(tables, of_contacts(tables))
    return proportion(rows[rows["days"] <= days], rows, by, people=False)


def spend(tables: Tables, semh: bool, by: list[str]) -> pd.DataFrame:
    rows = of_placements(tables, semh)
    rows = rows.assign(amount=rows["cost"] * rows["days"] / rows["days_of_year"])
    return alone(rows, by, money=True)


def cost_each(tables: Tables, semh: bool, by: list[str]) -> pd.DataFrame:
    rows = of_placements(tables, semh)
    lasts = rows["end_date"].isna() | (rows["end_date"] >= rows["year_end"])
    return mean(rows[lasts].assign(value=rows["cost"]), by)


_FEW = ["phase", "sex", "fsm"]
_MOST = ["phase", "sex", "year_group", "fsm", "ethnicity", "deprivation", "locality", "ward"]
_SUSPENDED = ["phase", "sex", "locality"]
_ABSENT = ["phase", "sex", "fsm", "year_group", "locality", "school"]
_WAIT = ["sex", "age_band", "locality"]

MEASURES: dict[str, Callable[[Tables], pd.DataFrame]] = {
    "semh_pupils_share": partial(pupils_share, group="semh", by=[*_MOST, "school"]),
    "all_sen_pupils_share": partial(pupils_share, group="sen", by=_MOST),
    "semh_sen_support_share": partial(pupils_share, group="semh_support", by=_FEW),
    "all_sen_support_share": partial(pupils_share, group="support", by=_FEW),
    "semh_pupils_with_plan_share": partial(pupils_share, group="semh_plan", by=_FEW),
    "all_pupils_with_plan_share": partial(pupils_share, group="plan", by=_FEW),
    "semh_suspensions": partial(suspensions, by=_SUSPENDED),
    "semh_suspension_rate": partial(suspension_rate, group="semh", by=[*_SUSPENDED, "school"]),
    "all_suspension_rate": partial(suspension_rate, group="all", by=[*_SUSPENDED, "school"]),
    "semh_pupils_suspended": partial(pupils_suspended, group="semh", by=_SUSPENDED),
    "all_pupils_suspended": partial(pupils_suspended, group="all", by=_SUSPENDED),
    "semh_absence": partial(absence, group="semh", by=[*_FEW, "locality", "school"]),
    "sen_absence": partial(absence, group="sen", by=["sen", "phase", "locality"]),
    "all_absence": partial(absence, group="all", by=["phase", "locality", "school"]),
    "semh_persistent_absence": partial(often_absent, group="semh", share=0.1, by=_ABSENT),
    "all_persistent_absence": partial(
        often_absent, group="all", share=0.1, by=["phase", "locality"]
    ),
    "all_severe_absence": partial(often_absent, group="all", share=0.5, by=["phase", "locality"]),
    "all_days_lost_to_suspension": partial(days_lost, group="all", by=_SUSPENDED),
    "camhs_wait_median": partial(wait, share=0.5, by=_WAIT),
    "camhs_wait_p90": partial(wait, share=0.9, by=_WAIT),
    "camhs_seen_within_4_weeks": partial(seen_within, days=28, by=["pathway", *_WAIT]),
    "oob_spend": partial(spend, semh=True, by=["provider_type", "residential"]),
    "oob_cost_per_placement": partial(cost_each, semh=True, by=["provider_type", "residential"]),
}
"""Each measure by its id in the catalogue, with the breakdowns its metric file declares."""
