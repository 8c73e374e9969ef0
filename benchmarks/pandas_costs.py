"""Measures of places and their cost in plain pandas: outside the borough, and how far away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
from pandas_tools import (
    By,
    Tables,
    age_on,
    alone,
    financial_year,
    mean,
    month,
    of_person,
    of_placements,
    priced,
    proportion,
    quantile,
    ratio,
    with_provider,
)

Work = Callable[..., pd.DataFrame]
Some = Callable[[pd.DataFrame], pd.Series]
AWAY = ["independent_special", "nmss"]


def days_of(rows: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    """Placements under way on each of some days."""
    dates = pd.DataFrame({"on_date": days.as_unit("us")})
    rows = rows.merge(dates, how="cross")
    return rows[
        rows["on_date"].ge(rows["start_date"])
        & (rows["end_date"].isna() | rows["on_date"].le(rows["end_date"]))
    ]


def away(tables: Tables, semh: bool, kinds: list[str] = AWAY) -> pd.DataFrame:
    """Placements outside the borough, priced."""
    rows = priced(tables["placement_cost"])
    rows = rows[rows["placement_type"].isin(kinds) & ~rows["in_borough"]]
    return rows[rows["primary_need"].eq("SEMH")] if semh else rows


def on_31_march(tables: Tables, semh: bool, kinds: list[str] = AWAY) -> pd.DataFrame:
    """Placements under way on the last day of each financial year."""
    days = pd.date_range("2010-03-31", "2030-03-31", freq="YE-MAR")
    rows = financial_year(days_of(away(tables, semh, kinds), days))
    return with_provider(tables, of_person(tables, rows))


def local(tables: Tables, semh: bool) -> pd.DataFrame:
    """Places at special schools in the borough on 31 March, priced."""
    rows = priced(tables["placement_cost"])
    rows = rows[rows["placement_type"].eq("special") & rows["in_borough"] & rows["cost"].notna()]
    rows = rows[rows["primary_need"].eq("SEMH")] if semh else rows
    days = pd.date_range("2010-03-31", "2030-03-31", freq="YE-MAR")
    return with_provider(tables, financial_year(days_of(rows, days)))


def aged(tables: Tables, semh: bool) -> pd.DataFrame:
    """Placements on 31 March, post-16 institutions among them, of people whose age is known."""
    rows = on_31_march(tables, semh, [*AWAY, "post16"])
    rows = rows[rows["birth_month"].notna()]
    return rows.assign(age=age_on(rows["on_date"], rows["birth_month"]))


def each_term(tables: Tables, semh: bool) -> pd.DataFrame:
    """Placements on the last day of each term whose distance from home is known."""
    terms = tables["calendar"][["term_start", "term_end"]].dropna().drop_duplicates()
    rows = priced(tables["placement_cost"]).dropna(subset="distance_miles")
    rows = rows[rows["primary_need"].eq("SEMH")] if semh else rows
    rows = days_of(rows, pd.DatetimeIndex(terms["term_end"]))
    rows = rows.merge(terms, left_on="on_date", right_on="term_end")
    rows = rows.assign(period_start=rows["term_start"], value=rows["distance_miles"])
    place = rows["in_borough"].map({True: "In the borough", False: "Outside the borough"})
    return with_provider(tables, of_person(tables, rows.assign(place=place)))


def spend(tables: Tables, semh: bool, by: By) -> pd.DataFrame:
    rows = of_placements(tables, semh)
    rows = rows.assign(amount=rows["cost"] * rows["days"] / rows["days_of_year"])
    rows = rows.assign(on_date=rows["year_end"])
    return alone(of_person(tables, rows), by, money=True)


def spend_by_payer(tables: Tables, semh: bool, by: By) -> pd.DataFrame:
    rows = of_placements(tables, semh)
    payers = ["Education", "Health", "Social care", "Transport"]
    rows = rows.melt(["person_id", "period_start", "days", "days_of_year"], payers, "payer")
    rows = rows.assign(amount=rows["value"] * rows["days"] / rows["days_of_year"])
    return alone(rows[rows["amount"] > 0], by, money=True)


def number(tables: Tables, semh: bool, by: By) -> pd.DataFrame:
    return alone(on_31_march(tables, semh), by)


def each_month(tables: Tables, semh: bool, by: By) -> pd.DataFrame:
    days = pd.date_range("2015-01-31", "2028-12-31", freq="ME")
    rows = month(days_of(away(tables, semh), days))
    return alone(with_provider(tables, of_person(tables, rows)), by)


def reasons(tables: Tables, semh: bool, by: By) -> pd.DataFrame:
    rows = on_31_march(tables, semh)
    reason = rows["reason_at_distance"].map(REASONS).fillna("Other or not known")
    return alone(rows.assign(reason=reason), by)


def average(tables: Tables, semh: bool, by: By, of: str = "cost") -> pd.DataFrame:
    rows = on_31_march(tables, semh)
    return mean(rows.assign(value=rows[of]).dropna(subset="value"), by)


def local_cost(tables: Tables, semh: bool, by: By) -> pd.DataFrame:
    rows = local(tables, semh)
    return mean(rows.assign(value=rows["cost"]), by)


def newly(tables: Tables, semh: bool) -> pd.DataFrame:
    """New placements: not a place the child already had, or left within 31 days."""
    every, rows = away(tables, semh=False), away(tables, semh)
    first = tables["placement_cost"]["start_date"].min()
    known = pd.Timestamp(first.year + (first.month >= 4), 3, 31)
    rows = rows[rows["start_date"] > known]
    keys = ["person_id", "provider_id"]
    pairs = rows[[*keys, "placement_id", "start_date"]].merge(
        every[[*keys, "start_date", "end_date"]], on=keys, suffixes=("", "_before")
    )
    gap = (pairs["start_date"] - pairs["end_date"]).dt.days
    pairs = pairs[pairs["start_date_before"].lt(pairs["start_date"]) & ~gap.gt(31)]
    rows = rows[~rows["placement_id"].isin(pairs["placement_id"])]
    return with_provider(tables, financial_year(rows.assign(on_date=rows["start_date"])))


def new_places(tables: Tables, by: By) -> pd.DataFrame:
    return alone(newly(tables, semh=True), by)


def new_price(tables: Tables, by: By) -> pd.DataFrame:
    rows = newly(tables, semh=True).dropna(subset="cost")
    return mean(rows.assign(value=rows["cost"]), by)


def share(
    tables: Tables, by: By, of: Callable[[Tables, bool], pd.DataFrame], semh: bool, some: Some,
    known: Some | None = None,
) -> pd.DataFrame:  # fmt: skip
    rows = of(tables, semh)
    rows = rows if known is None else rows[known(rows)]
    return proportion(rows[some(rows)], rows, by, people=False)


def post16_cost(tables: Tables, by: By) -> pd.DataFrame:
    rows = aged(tables, semh=False).dropna(subset="cost")
    return ratio(
        rows.assign(base=rows["cost"], amount=rows["cost"].where(rows["age"] >= 16, 0)), by
    )


def distance(tables: Tables, semh: bool, by: By, at: float) -> pd.DataFrame:
    return quantile(each_term(tables, semh), at, by)


def distance_march(tables: Tables, by: By) -> pd.DataFrame:
    rows = on_31_march(tables, semh=True).dropna(subset="distance_miles")
    return quantile(rows.assign(value=rows["distance_miles"]), 0.5, by)


REASONS = {
    "none_local": "No local provision",
    "local_full": "Local provision full",
    "local_refused": "Refused locally",
    "specialist": "Specialist provision",
    "parental_preference": "Parental preference",
    "tribunal": "Tribunal",
}
_NEAR = partial(share, of=each_term, some=lambda r: r["distance_miles"] <= 10)
_POST16 = partial(share, of=aged, some=lambda r: r["age"] >= 16)

COSTS: dict[str, Work] = {
    "oob_spend": partial(spend, semh=True),
    "sen_oob_spend": partial(spend, semh=False),
    "oob_spend_by_payer": partial(spend_by_payer, semh=True),
    "sen_oob_spend_by_payer": partial(spend_by_payer, semh=False),
    "oob_cost_per_placement": partial(average, semh=True),
    "sen_oob_cost_per_placement": partial(average, semh=False),
    "oob_transport_per_placement": partial(average, semh=True, of="Transport"),
    "local_cost_per_place": partial(local_cost, semh=True),
    "sen_local_cost_per_place": partial(local_cost, semh=False),
    "oob_placements": partial(each_month, semh=True),
    "sen_oob_placements": partial(number, semh=False),
    "oob_placements_by_reason": partial(reasons, semh=True),
    "oob_new_placements": new_places,
    "oob_new_placement_price": new_price,
    "oob_jointly_funded_share": partial(
        share, of=on_31_march, semh=True, known=lambda r: r["cost"].notna(),
        some=lambda r: r["Health"] + r["Social care"] > 0,
    ),
    "oob_no_local_place_share": partial(
        share, of=on_31_march, semh=True, known=lambda r: r["reason_at_distance"].notna(),
        some=lambda r: r["reason_at_distance"].isin(["none_local", "local_full", "local_refused"]),
    ),
    "oob_post16_share": partial(_POST16, semh=True),
    "sen_oob_post16_share": partial(_POST16, semh=False),
    "sen_oob_post16_cost_share": post16_cost,
    "oob_distance_median": distance_march,
    "semh_distance_median": partial(distance, semh=True, at=0.5),
    "all_distance_median": partial(distance, semh=False, at=0.5),
    "semh_distance_p90": partial(distance, semh=True, at=0.9),
    "all_distance_p90": partial(distance, semh=False, at=0.9),
    "semh_placed_within_10_miles": partial(_NEAR, semh=True),
    "all_placed_within_10_miles": partial(_NEAR, semh=False),
}  # fmt: skip
