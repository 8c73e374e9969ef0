"""The open figures as tidy data, laid out as the Department for Education publishes its own.

One row a figure: what time, what place, which group, which measure, and the numbers. A hidden or
missing number is a symbol, never a blank and never 0: c confidential, x not available, z not
applicable. Beside a number `reliability` says with what reservation it is to be read: u rests on
few, b counted otherwise from here on, and the others of `models.symbols`. Only what the public may
read goes in.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from models.borough import Borough
from models.metric import PRIORITY_TITLES
from models.principal import PUBLIC
from models.symbols import OF_STATUS
from publish.snapshot import Snapshot

NUMBERS = {"numerator": "numerator", "denominator": "denominator", "value": "value",
           "lower": "lower_95", "upper": "upper_95"}  # fmt: skip
LEVELS = {"borough": "Local authority", "locality": "Planning area", "ward": "Ward"}
YEARS = {"academic_year": "Academic year", "financial_year": "Financial year"}

COLUMNS = (
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
    "region_code", "region_name", "old_la_code", "new_la_code", "la_name", "planning_area_code",
    "planning_area_name", "ward_code", "ward_name", "priority", "measure", "breakdown_topic",
    "breakdown", "unit", *NUMBERS.values(), "interval_method", "reliability",
)  # fmt: skip


def tidy(snapshot: Snapshot, profile: Borough) -> pd.DataFrame:
    """Every open figure, as text: the columns COLUMNS, in a fixed order."""
    rows = snapshot.release(PUBLIC)
    metrics = {m["id"]: m for m in snapshot.metrics(PUBLIC)}
    rows = rows[rows["area_kind"].isin(list(LEVELS)) & rows["metric_id"].isin(list(metrics))]
    rows = rows.reset_index(drop=True)
    out = _time(rows).assign(**_place(rows, snapshot, profile), **_what(rows, metrics))
    for name, header in NUMBERS.items():
        out[header] = _number(rows, name, metrics)
    out["interval_method"] = rows["interval_method"].fillna("")
    out["reliability"] = rows["marks"].fillna("").map(_beside)
    return out[list(COLUMNS)]


def _beside(marks: str) -> str:
    """The symbols that go beside a number; those in place of one stand there already."""
    return " ".join(mark for mark in marks.split() if mark not in OF_STATUS.values())


def _time(rows: pd.DataFrame) -> pd.DataFrame:
    """`202425` with *Academic year*, `2025` with *Calendar year*, a month or a term."""
    start, end, kind = rows["period_start"].dt, rows["period_end"].dt, rows["period_kind"]
    year = end.year.astype(str)
    split = start.year.astype(str) + (start.year + 1).mod(100).map("{:02d}".format)
    name = kind.map(YEARS).fillna(end.month_name())
    term = (start.month.map(lambda m: "Autumn term" if m >= 8 else "Spring term" if m <= 3
                            else "Summer term"))  # fmt: skip
    name = name.mask(kind == "term", term).mask(kind == "calendar_year", "Calendar year")
    return pd.DataFrame({"time_period": split.where(kind.isin(list(YEARS)), year),
                         "time_identifier": name})  # fmt: skip


def _place(rows: pd.DataFrame, snapshot: Snapshot, profile: Borough) -> dict[str, Any]:
    areas = pd.concat([snapshot.areas(PUBLIC, kind) for kind in ("locality", "ward")])
    names = dict(zip(areas["area_id"], areas["name"], strict=True))
    inside = dict(zip(areas["area_id"], areas["parent_id"], strict=True))
    ward = rows["area_id"].where(rows["area_kind"] == "ward")
    area = rows["area_id"].where(rows["area_kind"] == "locality", ward.map(inside))
    return {
        "geographic_level": rows["area_kind"].map(LEVELS),
        "country_code": profile.country_code, "country_name": "England",
        "region_code": profile.region_code, "region_name": profile.region,
        "old_la_code": str(profile.la_number), "new_la_code": profile.ons_code,
        "la_name": profile.name,
        "planning_area_code": area.fillna(""), "planning_area_name": area.map(names).fillna(""),
        "ward_code": ward.fillna(""), "ward_name": ward.map(names).fillna(""),
    }  # fmt: skip


def _what(rows: pd.DataFrame, metrics: dict[str, dict[str, Any]]) -> dict[str, pd.Series]:
    def of(key: str) -> pd.Series:
        return rows["metric_id"].map({name: m[key] for name, m in metrics.items()})

    whole = rows["breakdown"] == "all"
    return {
        "priority": of("priority").map(PRIORITY_TITLES),
        "measure": of("title"),
        "breakdown_topic": rows["breakdown"].str.replace("_", " ").mask(whole, "Total"),
        "breakdown": rows["category"].mask(whole, "Total"),
        "unit": of("unit"),
    }


def _number(rows: pd.DataFrame, name: str, metrics: dict[str, dict[str, Any]]) -> pd.Series:
    """A number as text to the measure's decimals, or the symbol for why there is none."""
    if name in ("numerator", "denominator"):
        places = pd.Series(0, index=rows.index).where(rows[name].mod(1).fillna(0) == 0, 2)
    else:
        places = rows["metric_id"].map({i: int(m["decimals"]) for i, m in metrics.items()})
    text = pd.Series("", index=rows.index, dtype=object)
    for decimals in sorted(places.unique()):
        at = places == decimals
        text[at] = rows.loc[at, name].map(f"{{:.{decimals}f}}".format)
    symbol = rows["status"].map(OF_STATUS).fillna("z")
    return text.where(rows[name].notna(), symbol)


def metadata() -> pd.DataFrame:
    """What each column of the tidy data is, as the department's metadata files say it."""
    labels = {
        "priority": ("Filter", "Priority of the strategy", "", ""),
        "measure": ("Filter", "Measure", "", ""),
        "breakdown_topic": ("Filter", "Broken down by", "", ""),
        "breakdown": ("Filter", "Group", "", "breakdown_topic"),
        "unit": ("Filter", "Unit of the value", "", ""),
        "interval_method": ("Filter", "Method of the interval", "", ""),
        "reliability": ("Filter", "Symbols that go with the number: low, u, b, p, r", "", ""),
        "numerator": ("Indicator", "What was counted or added up", "", ""),
        "denominator": ("Indicator", "Out of what", "", ""),
        "value": ("Indicator", "Value, in the unit", "", ""),
        "lower_95": ("Indicator", "Lower end of the 95% interval", "", ""),
        "upper_95": ("Indicator", "Upper end of the 95% interval", "", ""),
    }
    rows = [(name, *labels[name]) for name in COLUMNS if name in labels]
    return pd.DataFrame(rows, columns=["col_name", "col_type", "label", "indicator_unit",
                                       "filter_grouping_column"])  # fmt: skip


def dictionary(snapshot: Snapshot) -> pd.DataFrame:
    """Every measure: what is counted, out of what, of whom, when, and what to know."""
    rows = [
        {
            "measure": m["title"], "id": m["id"], "priority": PRIORITY_TITLES[m["priority"]],
            "question": m["question"], "unit": m["unit"], "counted": m.get("numerator", ""),
            "out_of": m.get("denominator", ""), "who": m["population"], "period": m["period"],
            "good_is": {"high": "higher", "low": "lower"}.get(m["polarity"], "neither"),
            "to_know": " ".join(m.get("caveats", [])),
        }
        for m in snapshot.metrics(PUBLIC)
    ]  # fmt: skip
    return pd.DataFrame(rows)
