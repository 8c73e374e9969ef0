"""Measures of EHC plans in plain pandas: requests, plans issued, in force, reviewed and ended.

Each works from the tables on its own; `semh` says whether only SEMH as primary need counts.
Children are described by `of_person`; each row has the day on which it counts (`on_date`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
from pandas_tools import (
    By,
    Tables,
    alone,
    calendar_year,
    of_person,
    proportion,
    quantile,
    roll,
    year_of,
)

Work = Callable[..., pd.DataFrame]
Some = Callable[[pd.DataFrame], pd.Series]


def latest(rows: pd.DataFrame, keys: str | list[str]) -> pd.DataFrame:
    """The newest snapshot of each thing."""
    return rows.sort_values("snapshot_date").drop_duplicates(keys, keep="last")


def requests(tables: Tables, semh: bool) -> pd.DataFrame:
    """Requests for assessment, at their newest snapshot, with the need of the child that year."""
    rows = latest(tables["ehc_request"], "request_id").dropna(subset="received_date")
    _, known = roll(tables["pupil_census"])
    need = known[["person_id", "year", "sen_provision", "primary_need"]]
    rows = rows.assign(year=year_of(rows["received_date"]))
    rows = rows.merge(need, how="left", on=["person_id", "year"])
    ours = rows["sen_provision"].isin(["K", "E"]) & rows["primary_need"].eq("SEMH")
    return rows[ours] if semh else rows


def decided(tables: Tables, semh: bool) -> pd.DataFrame:
    rows = requests(tables, semh)
    rows = rows[rows["outcome"].isin(["Y", "N"]) & (rows["outcome_date"] >= rows["received_date"])]
    days = (rows["outcome_date"] - rows["received_date"]).dt.days
    return rows.assign(on_date=rows["outcome_date"], days=days)


def received(tables: Tables, semh: bool) -> pd.DataFrame:
    rows = requests(tables, semh)
    return rows.assign(on_date=rows["received_date"])


def agreed(tables: Tables, semh: bool) -> pd.DataFrame:
    rows = requests(tables, semh)
    rows = rows[rows["outcome"].eq("Y") & rows["outcome_date"].notna()]
    return rows.assign(on_date=rows["outcome_date"])


def issued(tables: Tables, semh: bool) -> pd.DataFrame:
    """First plans issued, with the days since the request and the need the plan first named."""
    done = latest(tables["ehc_assessment"], "assessment_id")
    done = done[done["outcome"].eq("Y")].rename(columns={"outcome_date": "on_date"})
    asked = latest(tables["ehc_request"], "request_id")[["request_id", "received_date"]]
    rows = done.merge(asked.dropna(), on="request_id")
    plans = tables["ehc_plan"].dropna(subset=["request_id", "primary_need"])
    plans = plans.sort_values(["snapshot_date", "plan_id"]).drop_duplicates("request_id")
    rows = rows.merge(plans[["request_id", "primary_need"]], how="left", on="request_id")
    days = (rows["on_date"] - rows["received_date"]).dt.days
    rows = rows.assign(days=days, value=days / 7, exception=rows["exception"].fillna(False))
    return rows[rows["primary_need"].eq("SEMH")] if semh else rows


def issued_in_time(tables: Tables, semh: bool) -> pd.DataFrame:
    rows = issued(tables, semh)
    return rows[~rows["exception"].astype(bool)]


def ceased(tables: Tables, semh: bool) -> pd.DataFrame:
    rows = latest(tables["ehc_plan"], "plan_id").drop(columns="primary_need")
    need = latest(tables["ehc_plan"].dropna(subset="primary_need"), "plan_id")
    rows = rows.merge(need[["plan_id", "primary_need"]], how="left", on="plan_id")
    rows = rows.dropna(subset="cease_date")
    rows = rows.assign(
        on_date=rows["cease_date"], reason=rows["cease_reason"].map(ENDED).fillna("Not known")
    )
    return rows[rows["primary_need"].eq("SEMH")] if semh else rows


def transfers(tables: Tables, semh: bool) -> pd.DataFrame:
    rows = tables["ehc_plan"].dropna(subset="transfer_due")
    rows = latest(rows, ["plan_id", "transfer_due"])
    rows = rows[rows["transfer_due"] <= rows["snapshot_date"]]
    early = rows["transfer_due"].dt.month <= 2
    kind = early.map({True: "Into or between schools", False: "From school to post-16"})
    rows = rows.assign(on_date=rows["transfer_due"], transfer=kind)
    return rows[rows["primary_need"].eq("SEMH")] if semh else rows


def meetings(tables: Tables, semh: bool) -> pd.DataFrame:
    """Review meetings, each at its newest snapshot, once four weeks have shown the decision."""
    rows = tables["ehc_plan"].dropna(subset="review_meeting")
    rows = rows[rows["review_meeting"] <= rows["snapshot_date"]]
    rows = latest(rows, ["plan_id", "review_meeting"])
    days = (rows["review_decision"] - rows["review_meeting"]).dt.days
    days = days.where(days >= 0)
    told = days.notna() | ((rows["snapshot_date"] - rows["review_meeting"]).dt.days > 28)
    rows = rows.assign(days=days, on_date=rows["review_meeting"])[told]
    return rows[rows["primary_need"].eq("SEMH")] if semh else rows


def in_force(tables: Tables, semh: bool) -> pd.DataFrame:
    """Plans in force on the census day."""
    rows = tables["ehc_plan"]
    begun = rows["start_date"].isna() | (rows["start_date"] <= rows["snapshot_date"])
    ended = rows["cease_date"] <= rows["snapshot_date"]
    rows = rows[begun & ~ended]
    rows = rows.assign(on_date=rows["snapshot_date"], period_start=rows["snapshot_date"])
    return rows[rows["primary_need"].eq("SEMH")] if semh else rows


def reviews_due(tables: Tables, semh: bool) -> pd.DataFrame:
    rows, every = in_force(tables, semh), tables["ehc_plan"]
    told = every.loc[every["review_meeting"].notna(), "snapshot_date"].unique()
    long = (rows["on_date"] - rows["start_date"]).dt.days >= 365
    since = (rows["on_date"] - rows["review_meeting"]).dt.days
    return rows.assign(held=since.between(0, 366))[long & rows["on_date"].isin(told)]


def open_requests(tables: Tables, semh: bool) -> pd.DataFrame:
    """Requests without a decision or a plan on the census day."""
    keys = ["request_id", "snapshot_date"]
    made = tables["ehc_assessment"][[*keys, "outcome"]]
    rows = tables["ehc_request"].merge(made, how="left", on=keys, suffixes=("", "_made"))
    rows = rows[rows["received_date"] <= rows["snapshot_date"]]
    waiting = rows["outcome"].eq("Y") & rows["outcome_made"].fillna("A").eq("A")
    rows = rows[rows["outcome"].eq("A") | waiting]
    _, known = roll(tables["pupil_census"])
    need = known[["person_id", "year", "sen_provision", "primary_need"]]
    rows = rows.assign(year=rows["snapshot_date"].dt.year - 1)
    rows = rows.merge(need, how="left", on=["person_id", "year"])
    ours = rows["sen_provision"].isin(["K", "E"]) & rows["primary_need"].eq("SEMH")
    days = (rows["snapshot_date"] - rows["received_date"]).dt.days
    rows = rows.assign(days=days, on_date=rows["snapshot_date"])
    rows = rows.assign(period_start=rows["snapshot_date"])
    return rows[ours] if semh else rows


def placed(tables: Tables, semh: bool) -> pd.DataFrame:
    """Plans in force with where the child is placed: kind of setting, in the borough or not."""
    at = tables["placement"]
    begun = at["entry_date"].isna() | (at["entry_date"] <= at["snapshot_date"])
    at = at[begun & ~(at["leaving_date"] <= at["snapshot_date"])]
    order = ["rank", "entry_date", "placement_id"]
    at = at.sort_values(order, ascending=[True, False, True], na_position="last")
    at = at.drop_duplicates(["plan_id", "snapshot_date"]).merge(
        establishments(tables), how="left", on="urn"
    )
    at = at.assign(setting=setting_of(at), in_borough=at["in_borough"].where(at["urn"].notna()))
    at = at[["plan_id", "snapshot_date", "urn", "setting", "in_borough"]]
    rows = in_force(tables, semh).merge(at, how="left", on=["plan_id", "snapshot_date"])
    return rows.assign(setting=rows["setting"].fillna(NOT_PLACED))


def establishments(tables: Tables) -> pd.DataFrame:
    """What kind each establishment is, and whether it is in the borough."""
    sites = tables["provision"][["urn", "establishment", "in_borough", "provision_id"]]
    rows = tables["school"].merge(
        sites.dropna(subset="urn"), how="left", on="urn", suffixes=("", "_v")
    )
    rows = rows.sort_values("provision_id").drop_duplicates("urn")
    inside = rows["in_borough_v"].fillna(rows["in_borough"]).fillna(rows["locality"].notna())
    kind = rows["establishment"].fillna(rows["establishment_v"])
    return pd.DataFrame({"urn": rows["urn"], "kind": kind, "in_borough": inside.astype(bool)})


def setting_of(at: pd.DataFrame) -> pd.Series:
    """The kind of setting, from the establishment or, without one, the arrangement."""
    unit = at["sen_unit"].fillna(False).astype(bool)
    unit |= at["resourced_provision"].fillna(False).astype(bool)
    kind = at["kind"].map(SETTINGS)
    ordinary = kind.isna() | at["kind"].isin(["mainstream", "sen_unit", "resourced_provision"])
    kind = kind.mask(ordinary & unit, "Unit or resourced provision")
    other = at["sen_setting"].map(ARRANGED)
    other = other.mask(other.isna() & at["sen_setting"].notna(), "Other arrangement")
    return kind.where(at["urn"].notna(), other).fillna(NOT_PLACED)


NOT_PLACED = "Not placed or not known"
ARRANGED = {"EHE": "Elective home education"} | dict.fromkeys(
    ["NEET", "NIEC", "NIEO"], "Not in education"
)
SETTINGS = {
    "independent_special": "Independent or non-maintained",
    "nmss": "Independent or non-maintained",
    "independent": "Independent or non-maintained",
    "special": "State-funded special school",
    "alternative_provision": "Alternative provision",
    "further_education": "Further education",
    "early_years": "Early years setting",
    "other": "Other arrangement",
    "sen_unit": "Unit or resourced provision",
    "resourced_provision": "Unit or resourced provision",
    "mainstream": "Mainstream school",
}
ENDED = {
    "1": "Reached maximum age",
    "2": "Needs met without a plan",
    "3": "Moved on to higher education",
    "4": "Moved on to paid employment",
    "5": "Transferred to another English authority",
    "6": "No longer engages in education",
    "7": "Moved outside England",
    "8": "Deceased",
    "9": "Other",
}


def dated(tables: Tables, rows: pd.DataFrame) -> pd.DataFrame:
    """Children described, in the calendar year or (if it has one already) the census."""
    rows = of_person(tables, rows)
    return rows if "period_start" in rows else calendar_year(rows)


def number(
    tables: Tables, by: By, of: Callable[[Tables, bool], pd.DataFrame], semh: bool
) -> pd.DataFrame:
    return alone(dated(tables, of(tables, semh)), by)


def share(
    tables: Tables, by: By, of: Callable[[Tables, bool], pd.DataFrame], semh: bool, some: Some,
    known: Some | None = None, whole: By | None = None,
) -> pd.DataFrame:  # fmt: skip
    rows = dated(tables, of(tables, semh))
    rows = rows if known is None else rows[known(rows)]
    return proportion(rows[some(rows)], rows, by, people=False, whole=whole)


def weeks(tables: Tables, by: By, semh: bool, at: float) -> pd.DataFrame:
    return quantile(dated(tables, issued(tables, semh)), at, by)


def within(days: int) -> Some:
    return lambda rows: rows["days"] <= days


def over(days: int) -> Some:
    return lambda rows: rows["days"] > days


_EACH: dict[str, Work] = {
    "new_plans": partial(number, of=issued),
    "requests_in_year": partial(number, of=received),
    "assessments_agreed": partial(number, of=agreed),
    "plans_ceased": partial(number, of=ceased),
    "ehc_plans": partial(number, of=in_force),
    "requests_refused": partial(share, of=received, some=lambda r: r["outcome"].eq("N")),
    "plan_end_reasons": partial(
        share, of=ceased, some=lambda r: r["cease_reason"].notna(), whole=["reason"]
    ),
    "decisions_within_6_weeks": partial(share, of=decided, some=within(42)),
    "plans_over_52_weeks": partial(share, of=issued, some=over(364)),
    "plans_within_20_weeks_with_exceptions": partial(share, of=issued, some=within(140)),
    "phase_transfer_on_time": partial(
        share, of=transfers, some=lambda r: r["transfer_final"] <= r["transfer_due"]
    ),
    "review_decisions_within_4_weeks": partial(share, of=meetings, some=within(28)),
    "reviews_held": partial(share, of=reviews_due, some=lambda r: r["held"]),
    "requests_overdue": partial(share, of=open_requests, some=over(140)),
    "request_to_plan_median": partial(weeks, at=0.5),
    "request_to_plan_p90": partial(weeks, at=0.9),
    "educated_in_borough": partial(
        share, of=placed, some=lambda r: r["in_borough"].eq(True),
        known=lambda r: r["in_borough"].notna(),
    ),
    "plans_placed": partial(
        share, of=placed, some=lambda r: ~r["setting"].isin([NOT_PLACED, "Not in education"]),
        whole=["setting"],
    ),
}  # fmt: skip

PLANS: dict[str, Work] = {
    f"{group}_{name}": partial(work, semh=group == "semh")
    for name, work in _EACH.items()
    for group in ("semh", "all")
} | {
    "semh_plans_within_20_weeks": partial(share, of=issued_in_time, semh=True, some=within(140)),
    "ehc_plans_within_20_weeks": partial(share, of=issued_in_time, semh=False, some=within(140)),
    "semh_share_of_new_plans": partial(
        share, of=issued, semh=False, some=lambda r: r["primary_need"].eq("SEMH")
    ),
    "semh_share_of_plans": partial(
        share, of=in_force, semh=False, some=lambda r: r["primary_need"].eq("SEMH")
    ),
}
