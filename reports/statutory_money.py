"""Statutory tables of money, and every total beside the figure the dashboard shows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from models.provision_kinds import OUTSIDE_GRANT, PLACES, SERVICES
from reports.statutory_source import Ahead
from reports.statutory_tables import EXPECTED, HIGHEST, LOWEST, NOT_APART

LIMITS = {EXPECTED: "mean", LOWEST: "q025", HIGHEST: "q975"}
PLANS = "plans"
"""The subject of forecasts of EHC plans."""
GRANT = {"allocation": "High-needs block: income", "spending": "High-needs block: spending",
         "in_year": "In-year surplus, or deficit below nought",
         "balance": "Balance of the grant carried forward"}  # fmt: skip


def spending(ahead: Ahead) -> pd.DataFrame:
    """High-needs spending by category and financial year, with the spending outside the grant."""
    inside = [(words, "high_needs", words) for words in (*PLACES.values(), *SERVICES)]
    rows = [*inside, ("Total of the high-needs block", "grant", "spending"),
            *[(f"Outside the grant: {words}", "high_needs", words) for words in OUTSIDE_GRANT],
            ("Total with what is outside the grant", "high_needs", "all")]  # fmt: skip
    return _by_year(ahead, "Spending", rows)


def grant(ahead: Ahead) -> pd.DataFrame:
    """The high-needs block and the balance of the grant by financial year."""
    return _by_year(ahead, "Grant", [(words, "grant", name) for name, words in GRANT.items()])


def _by_year(ahead: Ahead, name: str, rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    years = sorted(ahead.pounds("high_needs", "all").index)
    lines = []
    for words, subject, component in rows:
        found = ahead.pounds(subject, component).reindex(years)
        for figure, column in LIMITS.items():
            values = found[column] if len(years) else pd.Series(dtype=float)
            lines.append([words, figure, *(_cell(v) for v in values)])
    return pd.DataFrame(lines, columns=[name, "Figure", *(year_words(int(y)) for y in years)])


def _cell(value: float) -> float | str:
    return NOT_APART if value is None or np.isnan(value) else float(value)


def year_words(year: int) -> str:
    """A financial year as people write it."""
    return f"{year}-{(year + 1) % 100:02d}"


def reconciled(ahead: Ahead, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Each total beside the figure the pages show: `Difference` is nil, or said why.

    `tables`: those of children, by the name of their sheet, each with its total last.
    """
    lines = [*_counted(ahead, tables), *_expected(ahead, tables), *_spent(ahead)]
    columns = ["Total", "Period", "In this workbook", "On the dashboard", "Difference", "Why"]
    return pd.DataFrame([_line(*row) for row in lines], columns=columns)


def _line(what: str, period: str, here: float | None, there: float | None, why: str
          ) -> list[object]:  # fmt: skip
    if here is None or there is None:
        return [what, period, *(NOT_APART if v is None else v for v in (here, there)), NOT_APART,
                "not among the published figures"]  # fmt: skip
    apart = round(here - there, 2)
    return [what, period, here, there, float(apart), why if apart else "nil"]


Line = tuple[str, str, float | None, float | None, str]


def _total(table: pd.DataFrame, column: str) -> float | None:
    """The expected total of a table in one column."""
    if column not in table:
        return None
    rows = table[(table.iloc[:, 0] == "Total") & (table["Figure"] == EXPECTED)]
    return float(rows[column].iloc[0])


def _counted(ahead: Ahead, tables: Mapping[str, pd.DataFrame]) -> list[Line]:
    """Plans counted at the origin beside the measures of plans in force."""
    origin = ahead.futures.origin
    column, period = f"January {origin} (counted)", f"January {origin}"
    plans = ahead.january("all_ehc_plans", origin)
    lines: list[Line] = [
        (f"{name}: plans in force", period, _total(table, column), plans, _UNPLACED)
        for name, table in tables.items()
    ]
    semh = ahead.groups["need"] == "SEMH"
    here = float(ahead.groups.loc[semh, "base"].fillna(0).sum())
    there = ahead.january("semh_ehc_plans", origin)
    return [*lines, ("Plans in force, SEMH", period, here, there, _UNPLACED)]


_UNPLACED = (
    "plans of children whose year group is not known can't be carried forward, and figures on the"
    " dashboard may be rounded to protect children"
)


def _expected(ahead: Ahead, tables: Mapping[str, pd.DataFrame]) -> list[Line]:
    """Each table's expected total of each January beside the forecast on Looking ahead."""
    rows = ahead.forecast
    mine = (rows["subject"] == PLANS) & (rows["origin"] == ahead.futures.origin)
    for name in ("need", "phase", "setting", "locality"):
        mine &= rows[name] == "all"
    newest = rows[mine].drop_duplicates("year").set_index("year")
    return [
        (f"{name}: plans expected", f"January {year}", _total(table, f"January {year}"),
         _known(newest["mean"].get(year)), _why(newest["method"].get(year)))
        for name, table in tables.items()
        for year in ahead.futures.years
        if f"January {year}" in table
    ]  # fmt: skip


def _why(method: str | None) -> str:
    if method in (None, "model"):
        return "the tables rest on the futures kept in the snapshot, the dashboard's mean on all"
    return (
        f"the dashboard shows a simpler rule ({method}), which did better in the past; it can't be"
        " split by need, age and provision, so the tables keep the simulated futures"
    )


def _known(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else round(float(value))


def _spent(ahead: Ahead) -> list[Line]:
    """Money beside the pages: this year's outturn, the kinds of spending, finance's forecast."""
    lines: list[Line] = []
    whole = ahead.pounds("high_needs", "all")["mean"]
    money = ahead.money[ahead.money["subject"] == "high_needs"]
    kinds = money[money["component"] != "all"].groupby("year")["mean"].sum()
    for year in map(int, whole.index):
        added, there = float(kinds.loc[year]), float(whole.loc[year])
        lines.append(("Spending, kinds added up", year_words(year), added, there, _ROUNDED))
    outturn = ahead.pounds("outturn", "all")["mean"]
    for year in map(int, outturn.index):
        here = float(whole.get(year, np.nan))
        lines.append(("Spending of the year", year_words(year), here, float(outturn.loc[year]), ""))
    rows = ahead.newest("high_needs_forecast")
    if len(rows) and len(outturn):
        lines.append((
            "Spending of the year, beside finance's own forecast", _month(rows),
            float(outturn.iloc[0]), float(rows["value"].iloc[0]), _RECORD,
        ))  # fmt: skip
    return lines


_ROUNDED = "each kind is rounded to whole pounds"


def _month(rows: pd.DataFrame) -> str:
    return f"{pd.Timestamp(rows['period_end'].iloc[0]):%B %Y}"


_RECORD = (
    "finance's forecast is moved by how its forecasts of the same month came out in earlier years"
)
