# ruff: noqa: E501 (tables of made-up values read better unwrapped)
"""Made-up published series for the synthetic fixture, in the shape the real ones have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from models.borough import Borough


@dataclass(frozen=True)
class Series:
    """One published series: what it is, and the level and trend its numbers are drawn around."""

    id: str
    title: str
    unit: str
    decimals: int
    polarity: str
    topic: str
    kind: str
    level: float
    trend: float = 0.2
    categories: tuple[str, ...] = ("all",)
    breakdown: str = "all"

    def row(self) -> tuple[Any, ...]:
        """As table `series`."""
        return (self.id, self.title, "Made-up publisher", self.unit, self.decimals, self.polarity,
                self.topic, "synthetic fixture, not a published figure", "2026-03-01")  # fmt: skip


NEEDS = ("SEMH", "ASD", "SLCN", "MLD")
SERIES = [
    Series("EHCP_SEMH", "EHC plans with SEMH as primary need", "plans", 0, "none", "SEND", "calendar_year", 800),
    Series("SEN_TotStat", "Pupils with an EHC plan", "%", 1, "none", "SEND", "academic_year", 5.3),
    Series("SEN_TotSENSuP", "Pupils on SEN support", "%", 1, "none", "SEND", "academic_year", 14.2),
    Series("SEMH_share", "Pupils with SEMH as primary need", "%", 1, "none", "SEND", "academic_year", 4.2),
    Series("SEN_EHC_All_20wks", "EHC plans issued within 20 weeks", "%", 1, "high", "SEND", "calendar_year", 52, -0.1),
    Series("need_share", "EHC plans by primary need", "%", 1, "none", "SEND", "calendar_year", 25, 0.1, NEEDS, "need"),
    Series("TotFixedEx", "Suspension rate", "per 100 pupils", 2, "low", "Behaviour", "academic_year", 10.1, 0.6),
    Series("TotFixedEx_SEMH", "Suspension rate, SEMH", "per 100 pupils", 2, "low", "Behaviour", "academic_year", 58),
    Series("TotPermEx", "Permanent exclusion rate", "per 100 pupils", 2, "low", "Behaviour", "academic_year", 0.12),
    Series("TotAbs", "Overall absence", "% of sessions", 1, "low", "Attendance", "academic_year", 7.4),
    Series("TotAbs_SEMH", "Overall absence, SEMH", "% of sessions", 1, "low", "Attendance", "academic_year", 18.2),
    Series("TotPerAbNew", "Persistent absence", "% of pupils", 1, "low", "Attendance", "academic_year", 20.5),
    Series("TotPerAbNew_SEMH", "Persistent absence, SEMH", "% of pupils", 1, "low", "Attendance", "academic_year", 45),
    Series("CMH_0-17yrs", "Mental health admissions, 0 to 17", "per 100,000", 1, "low", "Health", "financial_year", 82, -0.2),
    Series("SENFinance", "High needs spending per head aged 2 to 18", "pounds", 0, "none", "Finance", "financial_year", 740, 0.5),
]  # fmt: skip

COLUMNS = ["series", "area_code", "area_name", "area_kind", "breakdown", "category",
           "period_label", "period_start", "period_end", "period_kind", "value", "raw", "symbol",
           "status", "flag"]  # fmt: skip


def published_rows(borough: Borough) -> pd.DataFrame:
    """Every series, area and year: symbols, an implausible value and a break are among them."""
    areas = [
        (borough.ons_code, borough.name, "borough"),
        ("E92000001", "England", "country"),
        (borough.region_code, borough.region, "region"),
        *((n.ons_code, n.name, "neighbour") for n in borough.neighbours.members),
    ]
    rows = [row for s in SERIES for area in areas for row in _of(s, area)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _of(series: Series, area: tuple[str, str, str]) -> list[tuple[Any, ...]]:
    rng = np.random.default_rng(sum(map(ord, series.id + area[0])))
    level = series.level * (1 if area[2] == "country" else rng.uniform(0.75, 1.3))
    if series.unit == "plans":
        level *= {"country": 150, "region": 16}.get(area[2], 1)
    rows = []
    for category in series.categories:
        for i, year in enumerate(range(2016, 2026)):
            value = round(
                level * (1 + series.trend * i / 10) * rng.normal(1, 0.03), series.decimals
            )
            rows.append((series.id, *area, series.breakdown, category, *_period(series.kind, year),
                         *_printed(series, area, year, value)))  # fmt: skip
    return rows


def _period(kind: str, year: int) -> tuple[str, date, date, str]:
    if kind == "calendar_year":
        return str(year), date(year, 1, 1), date(year, 12, 31), kind
    month = 9 if kind == "academic_year" else 4
    end = date(year + 1, 8, 31) if month == 9 else date(year + 1, 3, 31)
    return f"{year}/{(year + 1) % 100:02d}", date(year, month, 1), end, kind


def _printed(
    series: Series, area: tuple[str, str, str], year: int, value: float
) -> tuple[Any, ...]:
    """value, raw, symbol, status, flag."""
    if series.id.startswith("Tot") and series.kind == "academic_year" and year == 2019:
        return None, "x", "x", "not_available", None
    if area[1] == "Gateshead" and series.id == "TotPermEx" and year == 2018:
        return None, "c", "c", "suppressed", None
    if area[1] == "Dudley" and series.id == "SENFinance" and year == 2021:
        return -value, str(-value), None, "ok", "negative"
    if area[1] == "Tameside" and series.id == "CMH_0-17yrs" and year == 2020:
        return value * 1000, str(value * 1000), None, "ok", "implausible"
    flag = "break" if series.id == "SEN_EHC_All_20wks" and year == 2022 else None
    return value, f"{value:.{series.decimals}f}", None, "ok", flag
