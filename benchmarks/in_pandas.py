"""Some measures worked out in plain pandas, as an analyst would write them: for the benchmark.

One measure of each usual kind, with its breakdowns. Tables are read once and what measures share
(the January roll, what is known of a pupil, sessions by term) is made once, as in the engine.
Figures only: numerator, denominator and value, without intervals, status or coverage.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from metrics.measure.steps import load_steps
from models.codes import PHASE, PROVIDER_TYPE, SEX, YEAR_GROUP

BREAKDOWNS = {
    "semh_pupils_share": ["phase", "sex", "year_group", "fsm", "ethnicity", "deprivation",
                          "locality", "ward", "school"],
    "semh_suspension_rate": ["phase", "sex", "locality", "school"],
    "semh_suspensions": ["phase", "sex", "locality"],
    "semh_absence": ["phase", "sex", "fsm", "locality", "school"],
    "camhs_wait_median": ["sex", "age_band", "locality"],
    "oob_spend": ["provider_type", "residential"],
}  # fmt: skip
FACTS = ("pupil_census", "attendance", "suspension", "referral", "contact", "placement_cost")
DIMENSIONS = ("person", "school", "area", "provider")


def read(con: Any) -> dict[str, pd.DataFrame]:
    """Every table the measures need, whole, from the warehouse."""
    facts = {name: con.execute(f"select * from live_{name}").df() for name in FACTS}
    return facts | {name: con.execute(f"select * from {name}").df() for name in DIMENSIONS}


def figures(tables: dict[str, pd.DataFrame], codes: list[str]) -> pd.DataFrame:
    """Every figure: metric_id, period_start, breakdown, category, numerator, denominator, value."""
    january, known = roll(tables["pupil_census"])
    frames = {
        "semh_pupils_share": pupils_share(tables, january, known),
        **suspensions(tables, january, known),
        "semh_absence": absence(tables, known, codes),
        "camhs_wait_median": waits(tables),
        "oob_spend": spend(tables),
    }
    named = [frame.assign(metric_id=name) for name, frame in frames.items()]
    return pd.concat(named, ignore_index=True)


def roll(census: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The January roll by pupil, and what is known of each pupil by academic year."""
    january = census[census["on_roll"] & census["census_date"].dt.month.eq(1)]
    rank = january["enrol_status"].map({"C": 1, "M": 2}).fillna(3)
    january = january.assign(rank=rank, year=january["census_date"].dt.year - 1)
    january = january.sort_values(["person_id", "census_date", "rank", "urn"])
    january = january.drop_duplicates(["person_id", "census_date"])
    later = january.assign(year=january["year"] + 1)
    known = pd.concat([january, later]).drop_duplicates(["person_id", "year"])
    columns = ["person_id", "year", "year_group", "sen_provision", "primary_need", "fsm", "sex",
               "ethnic_group", "lsoa"]  # fmt: skip
    return january[january["enrol_status"].isin(["C", "M"])], known[columns]


def year_of(days: pd.Series) -> pd.Series:
    return days.dt.year - days.dt.month.lt(9)


def described(tables: dict[str, pd.DataFrame], rows: pd.DataFrame, known: pd.DataFrame) -> Any:
    """Things with the dimensions of their pupil, home and school."""
    rows = rows[["on_date", "person_id", "urn", *(c for c in ("amount", "base") if c in rows)]]
    rows = rows.assign(year=year_of(rows["on_date"]))
    rows = rows.merge(known, how="left", on=["person_id", "year"])
    person = tables["person"][["person_id", "sex", "ethnic_group", "home_lsoa"]]
    rows = rows.merge(person, how="left", on="person_id", suffixes=("", "_person"))
    rows["lsoa"] = rows["lsoa"].fillna(rows["home_lsoa"])
    rows = rows.merge(tables["area"], how="left", on="lsoa")
    rows = rows.merge(tables["school"][["urn", "phase"]], how="left", on="urn")
    tenth = rows["imd_decile"]
    fifth = np.ceil(tenth / 2).map({1: "1 (most deprived)", 2: "2", 3: "3", 4: "4",
                                    5: "5 (least deprived)"})  # fmt: skip
    return rows.assign(
        sex=rows["sex"].fillna(rows["sex_person"]).map(SEX).fillna("Not known"),
        ethnicity=rows["ethnic_group"].fillna(rows["ethnic_group_person"]).fillna("Not known"),
        fsm=rows["fsm"].map({True: "Eligible", False: "Not eligible"}).fillna("Not known"),
        year_group=rows["year_group"].map(YEAR_GROUP).fillna("Not known"),
        phase=rows["phase"].map(PHASE).fillna("Not known"),
        deprivation=fifth.fillna("Not known"),
        ward=rows["ward_code"],
        school=rows["urn"].astype("Int64").astype(str),
    )


def by_cell(rows: pd.DataFrame, metric: str, **sums: tuple[str, str]) -> pd.DataFrame:
    """Rows added up for the whole and for each breakdown of a metric."""
    whole = rows.groupby("period_start").agg(**sums).reset_index()
    parts = [whole.assign(breakdown="all", category="all")]
    for name in BREAKDOWNS[metric]:
        part = rows.groupby(["period_start", name]).agg(**sums).reset_index()
        parts.append(part.rename(columns={name: "category"}).assign(breakdown=name))
    return pd.concat(parts, ignore_index=True)


def divided(top: pd.DataFrame, bottom: pd.DataFrame, per: float) -> pd.DataFrame:
    both = bottom.merge(top, how="left", on=["period_start", "breakdown", "category"])
    both["numerator"] = both["numerator"].fillna(0)
    return both.assign(value=per * both["numerator"] / both["denominator"])


def pupils_share(tables: Any, january: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    rows = described(tables, january.assign(on_date=january["census_date"]), known)
    rows["period_start"] = rows["on_date"]
    semh = rows[rows["sen_provision"].isin(["K", "E"]) & rows["primary_need"].eq("SEMH")]
    top = by_cell(semh, "semh_pupils_share", numerator=("person_id", "size"))
    bottom = by_cell(rows, "semh_pupils_share", denominator=("person_id", "size"))
    return divided(top, bottom, 100)


def before_opening(tables: Any, rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """Events of before a school opened, at the school it took over from."""
    school = tables["school"][["urn", "predecessor_urn", "open_date"]]
    rows = rows.merge(school, how="left", on="urn")
    earlier = rows["open_date"].gt(rows[day]) & rows["predecessor_urn"].notna()
    return rows.assign(urn=rows["urn"].mask(earlier, rows["predecessor_urn"]))


def suspensions(tables: Any, january: pd.DataFrame, known: pd.DataFrame) -> dict[str, Any]:
    events = tables["suspension"]
    events = before_opening(tables, events[events["category"].ne("PERM")], "start_date")
    events = described(tables, events.assign(on_date=events["start_date"]), known)
    events = events[events["sen_provision"].isin(["K", "E"]) & events["primary_need"].eq("SEMH")]
    monthly = events.assign(period_start=events["on_date"].dt.to_period("M").dt.start_time)
    months = by_cell(monthly, "semh_suspensions", numerator=("person_id", "size"))
    pupils = january[january["sen_provision"].isin(["K", "E"]) & january["primary_need"].eq("SEMH")]
    pupils = described(tables, pupils.assign(on_date=pupils["census_date"]), known)
    sent = january[["urn", "year"]].drop_duplicates()
    yearly = events.merge(sent, on=["urn", "year"])
    first = {name: pd.to_datetime(frame["year"].astype(str) + "-09-01")
             for name, frame in (("yearly", yearly), ("pupils", pupils))}  # fmt: skip
    name = "semh_suspension_rate"
    top = by_cell(
        yearly.assign(period_start=first["yearly"]), name, numerator=("person_id", "size")
    )
    bottom = by_cell(
        pupils.assign(period_start=first["pupils"]), name, denominator=("person_id", "size")
    )
    return {
        "semh_suspensions": months.assign(denominator=np.nan, value=months["numerator"]),
        name: divided(top, bottom, 100),
    }


def absence(tables: Any, known: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
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
    rows = rows.assign(
        on_date=rows["term_start"],
        amount=rows["sessions"].fillna(0),
        base=rows["sessions_possible"],
    )
    rows = described(tables, rows, known)
    rows = rows[rows["sen_provision"].isin(["K", "E"]) & rows["primary_need"].eq("SEMH")]
    rows["period_start"] = pd.to_datetime(rows["year"].astype(str) + "-09-01")
    cells = by_cell(rows, "semh_absence", numerator=("amount", "sum"), denominator=("base", "sum"))
    return cells.assign(value=100 * cells["numerator"] / cells["denominator"])


ADULT_TEAMS = ["B02", "E01", "E02", "E03", "E04", "A14"]


def waits(tables: Any) -> pd.DataFrame:
    referrals, contacts = tables["referral"], tables["contact"]
    young = referrals["age_at_referral"].fillna(0).lt(18)
    referrals = referrals[young & ~referrals["team_type"].isin(ADULT_TEAMS)]
    seen = contacts[contacts["attended"].isin(["5", "6"])][["referral_id", "contact_date"]]
    seen = seen.merge(referrals, on="referral_id")
    seen = seen[seen["contact_date"] >= seen["received_date"]]
    first = seen.groupby("referral_id", as_index=False)["contact_date"].min()
    rows = first.merge(referrals, on="referral_id")
    person = tables["person"][["person_id", "home_lsoa"]]
    rows = rows.merge(person, how="left", on="person_id")
    rows["lsoa"] = rows["lsoa"].fillna(rows["home_lsoa"])
    rows = rows.merge(tables["area"], how="left", on="lsoa")
    age = pd.cut(rows["age_at_referral"], [-1, 4, 10, 15, 19, 99],
                 labels=["Under 5", "5 to 10", "11 to 15", "16 to 19", "20 to 25"])  # fmt: skip
    rows = rows.assign(
        period_start=rows["contact_date"].dt.to_period("M").dt.start_time,
        sex=rows["sex"].map({"M": "Male", "F": "Female"}).fillna("Not known"),
        age_band=age.astype(object).fillna("Not known"),
        weeks=(rows["contact_date"] - rows["received_date"]).dt.days / 7,
    )
    sums = {"value": ("weeks", "median"), "denominator": ("weeks", "size")}
    return by_cell(rows, "camhs_wait_median", **sums).assign(numerator=np.nan)


RESIDENTIAL = {"day": "Day place", "weekly": "Weekly boarding",
               "38-51": "Residential, 38 to 51 weeks", "52": "Residential, 52 weeks"}  # fmt: skip


def spend(tables: Any) -> pd.DataFrame:
    lines = tables["placement_cost"]
    away = lines["placement_type"].isin(["independent_special", "nmss", "independent"])
    lines = lines[away & ~lines["in_borough"] & lines["primary_need"].eq("SEMH")]
    weekly = lines[["weekly_education", "weekly_health", "weekly_care"]]
    cost = weekly.fillna(0).sum(axis=1) * lines["weeks_a_year"] + lines["annual_transport"].fillna(
        0
    )
    lines = lines.assign(cost=cost)[weekly.notna().any(axis=1)]
    years = pd.DataFrame({"year": range(2018, 2028)})
    rows = lines.merge(years, how="cross")
    start, end = (pd.to_datetime((rows["year"] + n).astype(str) + day)
                  for n, day in ((0, "-04-01"), (1, "-03-31")))  # fmt: skip
    last = rows["end_date"].fillna(end).where(rows["end_date"].fillna(end) < end, end)
    first = rows["start_date"].where(rows["start_date"] > start, start)
    days = (last - first).dt.days + 1
    rows = rows.assign(period_start=start, amount=rows["cost"] * days / ((end - start).dt.days + 1))
    rows = rows[days > 0].merge(tables["provider"], how="left", on="provider_id")
    rows = rows.assign(
        residential=rows["residential"].map(RESIDENTIAL).fillna("Not known"),
        provider_type=rows["provider_type"].map(PROVIDER_TYPE).fillna("Not known"),
    )
    cells = by_cell(rows, "oob_spend", numerator=("amount", "sum"), denominator=("amount", "size"))
    return cells.assign(value=cells["numerator"])


def absent_codes() -> list[str]:
    """Codes that are absence, as the engine's own step lists them."""
    import duckdb

    return [row[0] for row in duckdb.sql(load_steps()["absent_code"].sql).fetchall()]
