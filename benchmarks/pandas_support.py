"""Measures of support, panels, home education and answers in plain pandas."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
from pandas_tools import (
    By,
    Tables,
    alone,
    mean,
    month,
    of_person,
    proportion,
    quantile,
    school_year,
    year_of,
)

Work = Callable[..., pd.DataFrame]


def of_year(rows: pd.DataFrame, day: str) -> pd.DataFrame:
    """Rows with a day, in the academic year it falls in."""
    rows = rows.dropna(subset=day).assign(on_date=lambda r: r[day])
    return school_year(rows.assign(year=year_of(rows["on_date"])))


def given(tables: Tables) -> pd.DataFrame:
    """Support given, with what the register says of the intervention."""
    register = tables["intervention_register"]
    register = register[["intervention_id", "name", "evidence_rating", "response_level"]]
    rows = tables["intervention"].merge(register, how="left", on="intervention_id")
    return rows.assign(
        intervention=rows["name"].fillna("Not in the register"),
        evidence=rows["evidence_rating"].fillna("not in the register"),
        response_level=rows["response_level"].fillna("not in the register"),
    )


def helped(tables: Tables, by: By) -> pd.DataFrame:
    rows = of_year(given(tables), "start_date")
    once = ["person_id", "period_start", "intervention", "evidence", "response_level"]
    return alone(rows.drop_duplicates(once), by)


def cost_each(tables: Tables, by: By) -> pd.DataFrame:
    rows = of_year(given(tables), "start_date").dropna(subset="cost")
    return mean(rows.assign(value=rows["cost"]), by)


def panel_days(tables: Tables, by: By) -> pd.DataFrame:
    rows = of_year(tables["panel_case"], "decided_date")
    return quantile(rows.assign(value=(rows["on_date"] - rows["received_date"]).dt.days), 0.5, by)


def moves_successful(tables: Tables, by: By) -> pd.DataFrame:
    rows = of_year(tables["panel_case"], "outcome_date").dropna(subset="outcome")
    rows = rows[rows["decision"].eq("managed move")]
    return proportion(rows[rows["outcome"].eq("successful")], rows, by, people=False)


def no_suspension(tables: Tables, by: By, rows: pd.DataFrame, months: int) -> pd.DataFrame:
    """Things of which the months after are over, for children still on a roll, by suspension."""
    census = tables["pupil_census"]
    last = census[census["on_roll"]].groupby("person_id", as_index=False)["census_date"].max()
    over = rows["ended"] + pd.DateOffset(months=months)
    rows = rows.assign(over=over, row=range(len(rows))).merge(last, on="person_id")
    rows = of_year(rows[rows["census_date"] >= rows["over"]], "over")
    events = tables["suspension"][["person_id", "start_date"]].rename(columns={"start_date": "s"})
    pairs = rows[["row", "person_id", "ended", "over"]].merge(events, on="person_id")
    pairs = pairs[pairs["s"].gt(pairs["ended"]) & pairs["s"].le(pairs["over"])]
    return proportion(rows[~rows["row"].isin(pairs["row"])], rows, by, people=False)


def after_panel(tables: Tables, by: By, months: int) -> pd.DataFrame:
    rows = tables["panel_case"].dropna(subset="decided_date")
    return no_suspension(tables, by, rows.assign(ended=rows["decided_date"]), months)


def after_support(tables: Tables, by: By, months: int) -> pd.DataFrame:
    rows = given(tables).dropna(subset="end_date")
    return no_suspension(tables, by, rows.assign(ended=rows["end_date"]), months)


def at_home(tables: Tables) -> pd.DataFrame:
    """Children in elective home education at the end of each month."""
    rows = tables["ehe"].sort_values(["start_date", "ehe_id"], ascending=[False, True])
    ends = pd.DataFrame({"on_date": pd.date_range("2015-01-31", "2028-12-31", freq="ME")})
    rows = rows.merge(ends, how="cross")
    began = rows["start_date"].le(rows["on_date"])
    rows = rows[began & ~rows["end_date"].le(rows["on_date"])]
    rows = rows.drop_duplicates(["person_id", "on_date"])
    return month(of_person(tables, rows.assign(need=need_of(rows))))


def need_of(rows: pd.DataFrame) -> pd.Series:
    need = rows["primary_need"]
    named = need.eq("SEMH").map({True: "Social, emotional and mental health"})
    return named.fillna("Other needs").where(need.notna(), "None recorded")


def home_educated(tables: Tables, by: By) -> pd.DataFrame:
    return alone(at_home(tables), by)


def home_educated_semh(tables: Tables, by: By) -> pd.DataFrame:
    rows = at_home(tables)
    return proportion(rows[rows["primary_need"].eq("SEMH")], rows, by)


SUPPORT: dict[str, Work] = {
    "intervention_children": helped,
    "intervention_cost_per_child": cost_each,
    "intervention_sustained_6_months": partial(after_support, months=6),
    "intervention_sustained_12_months": partial(after_support, months=12),
    "panel_decision_days": panel_days,
    "panel_no_suspension_3_months": partial(after_panel, months=3),
    "panel_no_suspension_6_months": partial(after_panel, months=6),
    "panel_no_suspension_12_months": partial(after_panel, months=12),
    "managed_moves_successful": moves_successful,
    "home_educated_children": home_educated,
    "home_educated_semh_share": home_educated_semh,
}
