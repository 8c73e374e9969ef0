"""DfE education, health and care plans: the release's files, told apart by their columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ingest.published.areas import Areas
from ingest.published.compare import compare_indicators
from ingest.published.ees import ees_areas, ees_periods, melt
from ingest.published.frames import META_COLUMNS, Reading, finish
from ingest.published.sheets import Sheet, decode

PUBLISHER = "Department for Education"
RELEASE = "Education, health and care plans"


@dataclass(frozen=True)
class Sen2File:
    """One file of the release.

    `told_by` is a column only it has; `stock` files count plans in January, the rest a calendar
    year; `deep` are the measures kept by breakdown, for the borough and those it is set beside.
    """

    name: str
    told_by: str
    words: str
    unit: str
    deep: tuple[str, ...]
    stock: bool = False


_PLACES = (
    "mainstream_total", "special_total", "special_independent", "special_non_maintained",
    "ap_pru_total", "fe_total", "ed_elsewhere", "elective_home_education", "neet",
)  # fmt: skip
_NEEDS = ("ehc_plans", "number_semh", "semh_pc", "number_asd", "number_slcn", "number_mld")
_TIMELY = ("plans_issued_den", "pc_plans_issued_within_20_weeks", "PC_plans_issued_20_weeks_ex")
_PLANS, _NEW = "EHC plans", "New EHC plans"

FILES = (
    Sen2File("caseload", "ehcplans", "EHC plans in force", "plans", ("ehcplans", *_PLACES), True),
    Sen2File("newplans", "new_ehc_plans", _NEW, "plans", ("new_ehc_plans", *_PLACES)),
    Sen2File("sen_needs_all_plans", "number_semh", f"{_PLANS} by need", "plans", _NEEDS, True),
    Sen2File("sen_need_newplans", "number_semh", f"{_NEW} by need", "plans", _NEEDS),
    Sen2File("requests", "requests_received_in_year", "Requests for assessment", "requests",
             ("requests_received_in_year", "requests_decided_not_to_assess")),
    Sen2File("assessments", "assess_in_year", "Assessments", "assessments", ("assess_in_year",)),
    Sen2File("timeliness_20_week", "plans_issued_den", f"{_NEW} in time", "plans", _TIMELY),
    Sen2File("ceased_plans", "total_ceased", f"{_PLANS} ceased", "plans", ("total_ceased",)),
    Sen2File("annual_reviews", "review_expected", "Annual reviews", "reviews",
             ("review_expected", "total_review_meeting", "review_decision_outstanding")),
    Sen2File("personal_budgets", "personal_budget", "Personal budgets", "plans",
             ("personal_budget",), True),
    Sen2File("residential_settings", "Res_52", "Residential placements", "plans",
             ("Res_tot",), True),
    Sen2File("work_based_placements", "open_wbp", "Work based placements", "plans",
             ("open_wbp",), True),
)  # fmt: skip

BREAKDOWNS = {
    "Sex": "sex",
    "Ethnicity": "ethnicity",
    "Child or young persons age": "age",
    "Young persons age": "age",
    "Age when plan started": "age_at_start",
    "Age plan ceased": "age_at_end",
    "Type of placement": "placement",
    "Years EHC plan in place": "years_held",
    "Years plan held": "years_held",
}
"""The release's topics and what they are called here; any other topic is the total."""

LEFT_OUT = ("age_at_start", "age_at_end", "years_held")
"""Breakdowns that no page shows."""


ID_COLUMNS = frozenset(
    ("time_period", "time_identifier", "geographic_level", "country_code", "country_name",
     "region_code", "region_name", "new_la_code", "old_la_code", "la_name", "breakdown_topic",
     "breakdown")
)  # fmt: skip
"""What a row is about; every other column is a measure, but for a column printed twice."""


def recognise(sheet: Sheet) -> bool:
    """Whether a table is one of the release's files."""
    return sheet.has("breakdown_topic", "breakdown") and any(sheet.has(f.told_by) for f in FILES)


def read(sheet: Sheet, areas: Areas) -> Reading:
    """One file of the release as figures.

    Kept: for the borough and those it is set beside, every measure of the totals and the `deep`
    measures by sex, age, placement and ethnicity (ethnicity for the borough, its region and the
    country only); for every authority, the `deep` and Compare measures of the totals, and plans
    with SEMH as primary need by placement.
    """
    frame = sheet.read()
    file = _which(sheet, frame)
    rows = _rows(frame, file, areas)
    known = {c for c in frame.columns if c in ID_COLUMNS or re.search(r"\.\d+$", c)}
    measures = [c for c in frame.columns if c not in known]
    parts = [melt(r, m, _namer(file)) for r, m in _kept(rows, file, measures, areas)]
    long = pd.concat(parts, ignore_index=True)
    reading = finish(f"sen2.{file.name}", long, _meta(file, measures, sheet), PUBLISHER, len(frame))
    reading.inner = sheet.inner
    return reading


def _kept(
    rows: pd.DataFrame, file: Sen2File, measures: list[str], areas: Areas
) -> list[tuple[pd.DataFrame, list[str]]]:
    shown = set(compare_indicators()["series"])
    deep = [m for m in file.deep if m in measures]
    core = [m for m in measures if m in file.deep or _namer(file)(m) in shown]
    total = rows["breakdown"] == "all"
    near = rows["area_code"].isin(areas.near) | rows["area_code"].isna() | rows["period"].isna()
    few = rows["area_code"].isin(areas.own) | (rows["breakdown"] != "ethnicity")
    wide = (rows["breakdown"] == "placement") & (file.name == "sen_needs_all_plans")
    return [
        (rows[total & near], measures),
        (rows[total & ~near], core),
        (rows[~total & near & few & ~wide & ~rows["breakdown"].isin(LEFT_OUT)], deep),
        (rows[wide], [m for m in ("ehc_plans", "number_semh", "semh_pc") if m in rows]),
    ]


def _which(sheet: Sheet, frame: pd.DataFrame) -> Sen2File:
    """Plans by need and new plans by need have the same columns; the kind of year tells them."""
    found = [f for f in FILES if sheet.has(f.told_by)]
    january = not frame["time_identifier"].eq("Calendar year").all()
    return next(f for f in found if len(found) == 1 or f.stock == january)


def _rows(frame: pd.DataFrame, file: Sen2File, areas: Areas) -> pd.DataFrame:
    breakdown = frame["breakdown_topic"].map(BREAKDOWNS).fillna("all")
    return pd.concat([frame, ees_areas(frame, areas)], axis=1).assign(
        line=frame.index + 2,
        category=frame["breakdown"].where(breakdown != "all", "all"),
        breakdown=breakdown,
        period=ees_periods(frame, "january" if file.stock else "calendar_year"),
    )


def _namer(file: Sen2File) -> Callable[[str], str]:
    return lambda measure: f"sen2.{file.name}.{measure}"


def _meta(file: Sen2File, measures: list[str], sheet: Sheet) -> pd.DataFrame:
    words = guidance(sheet).get(f"{file.name}.csv", {})
    rows = [
        (
            f"sen2.{file.name}.{m}",
            f"{file.words}: {words.get(m, m.replace('_', ' '))}",
            "%" if _is_share(m) else file.unit,
            1 if _is_share(m) else 0,
            "none",
            f"DfE {RELEASE}, {file.name}.csv",
            None,
        )
        for m in measures
    ]
    return pd.DataFrame(rows, columns=META_COLUMNS)


def _is_share(measure: str) -> bool:
    return "pc" in measure.lower().split("_")


def guidance(sheet: Sheet) -> dict[str, dict[str, str]]:
    """What the release's guidance says each column of each file is."""
    found: dict[str, dict[str, str]] = {}
    for data in sheet.siblings().values():
        for part in re.split(r"(?m)^Filename:\s*", decode(data))[1:]:
            name, _, body = part.partition("\n")
            lines = re.findall(r"(?m)^(\S+) +\|  ?(.+?)\s*$", body)
            found[name.strip()] = {k: " ".join(v.split()) for k, v in lines}
    return found
