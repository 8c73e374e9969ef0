"""The words people use for what the trade calls otherwise, so that search finds it by either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EVERYDAY: tuple[tuple[str, str], ...] = (
    ("suspen", "exclusion excluded fixed-term temporary sent home"),
    ("permanent exclusion", "expelled expulsion excluded"),
    ("permanently excluded", "expelled expulsion exclusion"),
    ("camhs", "mental health service counselling therapy NHS psychologist"),
    ("wait", "waiting list waiting time delay how long queue"),
    ("ehc plan", "EHCP EHCPs statement"),
    ("plans for semh", "EHCP EHCPs statement"),
    ("needs assessment", "EHCP EHCNA apply application statutory"),
    ("20 weeks", "EHCP timeliness on time deadline late"),
    ("semh", "mental health behaviour emotional anxiety"),
    ("sen support", "SEND special needs extra help K code"),
    ("special educational need", "SEN SEND special needs"),
    ("absen", "attendance truancy missing school non-attendance EBSA"),
    ("persistent", "attendance 90%"),
    ("severe", "attendance half of school"),
    ("reduced timetable", "part-time timetable part time"),
    ("part-time", "reduced timetable"),
    ("part time", "reduced timetable"),
    ("home education", "home schooled home schooling EHE elective"),
    ("home-educated", "home schooled home schooling EHE elective"),
    ("out of the borough", "out-of-borough outside borough OOB out of area independent"),
    ("independent school", "private INMSS non-maintained out of area"),
    ("cost", "money price fee spend spending budget"),
    ("spend", "money cost price budget"),
    ("dedicated schools grant", "DSG deficit high needs money"),
    ("high-needs", "DSG budget money overspend"),
    ("transport", "taxi travel bus"),
    ("distance", "miles travel how far close to home"),
    ("places", "sufficiency capacity vacancies spaces full"),
    ("commissioned", "places capacity sufficiency"),
    ("tribunal", "appeal SENDIST court dispute"),
    ("mediation", "dispute disagreement"),
    ("alternative provision", "AP PRU pupil referral unit"),
    ("panel", "inclusion panel fair access decision"),
    ("managed move", "move school transfer fresh start"),
    ("mental health lead", "SMHL DSL trained lead"),
    ("training", "CPD course trauma-informed trained staff"),
    ("staff", "teacher teaching assistant SENCO workforce"),
    ("each worker", "caseload workload staffing capacity"),
    ("vacan", "staffing recruitment empty posts"),
    ("agency", "locum temporary staff"),
    ("reliabl", "get better improve outcome SDQ RCADS works progress"),
    ("scores before and after", "outcome paired SDQ RCADS"),
    ("support outside camhs", "intervention counselling nurture mentoring ELSA"),
    ("spell of support", "intervention counselling nurture mentoring ELSA"),
    ("depriv", "poverty poor disadvantage equity fair"),
    ("return", "data missing submitted sent"),
    ("destination", "NEET leavers college job post-16"),
    ("16 and over", "post-16 college"),
    ("annual review", "review of plan"),
    ("listened", "voice young people views survey"),
    ("confident", "confidence survey voice"),
    ("parents and carers", "families voice survey"),
    ("hospital", "A&E self-harm admission"),
)
"""What stands in a measure's own words (in small letters), and what people type for it."""


def search_words(metric: Mapping[str, Any]) -> str:
    """What a measure is also found by: its question, whom it counts, and everyday words."""
    said = " ".join(str(metric.get(name) or "") for name in ("title", "question", "population"))
    small = said.lower()
    added = [words for stem, words in EVERYDAY if stem in small]
    rest = " ".join(
        [str(metric.get("question") or ""), str(metric["id"]).replace("_", " "), *added]
    )
    return " ".join(dict.fromkeys(rest.lower().split()))
