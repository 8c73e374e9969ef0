"""What the council forecast before, beside what happened; and how plans grew in England."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import models
from metrics.outlook.base import Outlook

REFERENCE = Path(models.__file__).resolve().parent.parent / "data" / "reference"
_COLUMNS = ["subject", "said_in", "for_period", "said", "happened", "unit", "source", "note"]


def look(outlook: Outlook) -> None:
    """The part `record`: rows of `council_forecast`, and of what is known of England."""
    outlook.add("council_forecast", council_forecasts(outlook.profile.ons_code))
    grown, source = national_growth()
    value = f"{grown:.1%} more a year on average"
    row = {"part": "record", "seq": 1, "what": "How plans grew in England", "value": value}
    outlook.add("outlook_assumption", pd.DataFrame([row | {"source": source}]))


def council_forecasts(ons_code: str) -> pd.DataFrame:
    """Forecasts an authority made, `happened` from published figures where it is a series."""
    table = pd.read_csv(REFERENCE / "council_forecasts.csv", keep_default_na=False, dtype=str)
    table = table[table["area_code"] == ons_code]
    known = pd.read_csv(REFERENCE / "headline_figures.csv", dtype=str)
    known = known[known["area_code"] == ons_code].drop_duplicates(["series", "period"])
    both = table.merge(known[["series", "period", "figure"]], how="left", on=["series", "period"])
    table = table.reset_index(drop=True)
    said, happened = (pd.to_numeric(table[name], errors="coerce") for name in ("said", "happened"))
    happened = happened.where(table["series"] == "", pd.to_numeric(both["figure"]))
    return table.assign(said=said, happened=happened)[_COLUMNS]


def national_growth() -> tuple[float, str]:
    """Yearly growth of plans in England over the years typed in, and where they are from."""
    table = pd.read_csv(REFERENCE / "national_plans.csv").sort_values("january")
    first, last = table.iloc[0], table.iloc[-1]
    years = int(last["january"] - first["january"])
    grown = float((last["plans"] / first["plans"]) ** (1 / years) - 1)
    return grown, f"{first['source']}: January {first['january']} to January {last['january']}"
