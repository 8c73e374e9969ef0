"""Support given to children, and the register that says what each kind of support is worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from models.extract import Extract, Mark, OnFail
from models.extracts._local import child, day, field, number, own_day, pounds, school, words

EVIDENCE = words("strong", "moderate", "limited", "emerging", "none")
LEVEL = words("universal", "targeted", "specialist")
"""Levels of the graduated response."""
SETTING = words("school", "clinic", "community", "home", "online", "alternative provision")
TOOL = {
    "SWEMWBS": "Short Warwick-Edinburgh mental wellbeing scale; higher is better",
    "WEMWBS": "Warwick-Edinburgh mental wellbeing scale; higher is better",
    "GBO": "Goal-based outcome; higher is better",
    "ORS": "Outcome rating scale; higher is better",
    "CORS": "Child outcome rating scale; higher is better",
    "SDQ-P-CONDUCT": "Strengths and difficulties, parent: conduct; lower is better",
    "SDQ-P-EMOTIONAL": "Strengths and difficulties, parent: emotional; lower is better",
    "SDQ-P-HYPERACTIVITY": "Strengths and difficulties, parent: hyperactivity; lower is better",
    "SDQ-P-PEER": "Strengths and difficulties, parent: peer problems; lower is better",
}
"""Scales with a reliable-change threshold that support outside CAMHS is measured by."""
OWNER = "the provider of the support, through the SEMH commissioner"


class InterventionRegister(Extract):
    """One row per kind of support on offer, with its evidence, level and cost."""

    extract = "intervention_register"
    family = "local"
    title = "Intervention register"
    owner = "the SEMH commissioner"
    recognised_by = ("intervention_id", "evidence_rating", "response_level")
    unique = ("intervention_id",)

    intervention_id: str = field("This kind of support", required=True, key=True)
    name: str = field("Name", required=True)
    evidence_rating: str = field(
        "How strong the evidence is that it works", codes=EVIDENCE, required=True
    )
    evidence_source: str = field("Who rated the evidence, and when", required=True)
    response_level: str = field("Level of the graduated response", codes=LEVEL, required=True)
    cost_per_place: Decimal | None = pounds("Cost of a place", 500_000)
    places_a_year: int | None = number("Places commissioned a year", "places", 100_000)
    last_reviewed: date | None = day("Day it was last reviewed", past=True, on_fail=OnFail.BLANK)


class InterventionDelivered(Extract):
    """One row per child and spell of support. Each file is the whole record."""

    extract = "interventions_delivered"
    family = "local"
    title = "Interventions delivered"
    owner = OWNER
    recognised_by = ("delivery_id", "upn", "intervention_id", "start_date")
    unique = ("delivery_id",)
    ordered = (("start_date", "end_date"),)

    delivery_id: str = field("This spell of support", required=True, key=True)
    upn: str = child()
    intervention_id: str = field("Kind of support, as in the intervention register", required=True)
    urn: int | None = school("URN of the school where the child was")
    setting: str | None = field("Where it was given", codes=SETTING)
    start_date: date = own_day("First day", required=True, past=True)
    end_date: date | None = own_day("Last day; blank while it goes on", past=True)
    cost: Decimal | None = pounds("What it cost for this child", 500_000)
    completed: bool | None = field("Went through to its planned end")
    tool: str | None = field("Scale it was measured by", codes=TOOL)
    score_before: float | None = number("Score before", "points", 100, mark=Mark.SENSITIVE)
    score_after: float | None = number("Score after", "points", 100, mark=Mark.SENSITIVE)


MODULES: list[type[Extract]] = [InterventionRegister, InterventionDelivered]
