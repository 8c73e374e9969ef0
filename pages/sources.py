"""Where figures come from, in words: tables of the warehouse, and loads behind an observation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from models.extracts import EXTRACTS
from pages.memory import remember
from pages.published_names import published_name
from pages.view import View
from pages.words import joined

TABLE_WORDS = {
    "pupil_census": "the school census",
    "census_return": "the register of census returns",
    "attendance": "the school census, attendance by code",
    "suspension": "the school census, suspensions and exclusions",
    "sen_need": "the school census, types of need",
    "ehc_request": "the SEN2 return, requests",
    "ehc_assessment": "the SEN2 return, assessments",
    "ehc_plan": "the SEN2 return, EHC plans",
    "placement": "the SEN2 return, placements",
    "placement_cost": "the commissioning register, costs",
    "ap_placement": "the school census, alternative provision that schools arranged",
    "ap_census": "the school census, pupils of alternative provision",
    "reduced_timetable": "schools' returns of reduced timetables",
    "reduced_timetable_return": "which schools returned their reduced timetables",
    "ehe": "the register of elective home education",
    "missing_education": "the register of children missing education",
    "dispute": "the register of mediation and tribunal appeals",
    "place_wait": "the record of waits for a specialist place",
    "care_activity": "the NHS mental health data set, activities",
    "camhs_monthly": "mental health services' monthly totals",
    "provision_places": "the commissioning register, places",
    "referral": "the NHS mental health data set, referrals",
    "contact": "the NHS mental health data set, contacts",
    "outcome_score": "the NHS mental health data set, scores",
    "intervention": "the register of support given",
    "panel_case": "the SEMH panel's record",
    "training": "the register of training",
    "staff_survey": "the survey of school staff",
    "voice_survey": "the survey of children and parents",
    "budget_line": "the council's budget lines",
    "data_return": "the register of partners' returns",
    "intervention_register": "the intervention register",
    "workforce": "services' workforce returns",
    "dsg_balance": "the dedicated schools grant's balance",
    "capital_scheme": "the sufficiency programme",
    "capital_place_filled": "the sufficiency programme, children in places",
    "candidate_scheme": "the list of schemes that could be built",
    "destination": "the record of where leavers go",
    "review_outcome": "annual reviews, outcomes met",
    "hospital_admission": "hospital admissions",
    "care_plan": "the NHS mental health data set, care plans",
    "link": "the links between health and school records",
    "school": "the register of schools",
    "provider": "the register of providers",
    "provision": "the commissioning register",
}
"""What each table of the warehouse is called by people."""


def table_words(name: str, other: str = "") -> str:
    """What a table of the warehouse is called; a name not known here is said as it is."""
    return TABLE_WORDS.get(name, other or name.replace("_", " "))


def source_words(metric: dict[str, Any]) -> str:
    """What a measure is counted from."""
    names = [str(name).removeprefix("live_") for name in metric["sources"]]
    return joined([table_words(name) for name in names] or ["no table"])


def warnings_about(view: View, metric: dict[str, Any]) -> pd.DataFrame:
    """Failed checks of the facts a measure is counted from: table `quality`, worst first."""
    failed = remember(view.snapshot, view.principal, "failed checks", lambda: _failed(view))
    if "facts" not in failed:  # a snapshot made before checks said which facts they speak of
        return failed.iloc[:0]
    used = {str(name).removeprefix("live_") for name in metric["sources"]}
    touched = [bool(used & set(str(facts).split(","))) for facts in failed["facts"]]
    return failed[touched]


def _failed(view: View) -> pd.DataFrame:
    checks = view.snapshot.quality(view.principal)
    return checks[~checks["passed"].astype(bool)]


def found_words(check: Mapping[Any, Any]) -> str:
    """What a check found, with its unit; for readers who are not signed in, how many at most."""
    if pd.isna(check["found"]):
        return ""
    most = "up to " if check.get("rounded") and check["found"] else ""
    unit = check["unit"] if pd.notna(check["unit"]) else ""
    return f"{most}{int(check['found']):,} {unit}".strip()


def extract_words(extract: str) -> str:
    """What an extract or published file is called by people."""
    contract = EXTRACTS.get(extract)
    return contract.title if contract else published_name(extract)


def loads_behind(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """The loads that these observations came from, newest first, as in the snapshot.

    An observation names its loads by id, or by extract and how many files of it.
    """
    loads = view.snapshot.loads(view.principal)
    wanted = {part for text in rows["loads"].unique() for part in _parts(str(text))}
    return loads[loads["load_id"].isin(wanted) | loads["extract"].isin(wanted)]


def _parts(text: str) -> list[str]:
    return re.findall(r"[A-Za-z][\w-]+", text.partition("[")[0])


FAMILY_WORDS = {
    "school_census": "School census",
    "sen2": "SEN2 return of EHC plans",
    "mhsds": "NHS mental health data set",
    "commissioning": "Commissioning registers",
    "local": "The council's own records",
    "finance": "Budgets, grant and places programme",
}
"""What each family of extracts is called."""


def family_words(extract: str) -> str:
    """Which family an extract is of; published statistics are one."""
    contract = EXTRACTS.get(extract)
    if contract is None:
        return "Published statistics"
    return FAMILY_WORDS.get(contract.family, contract.family.replace("_", " "))
