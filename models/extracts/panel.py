"""Panels and partners: children discussed, what was decided, how it went, and who sent data."""

from __future__ import annotations

from datetime import date

from models.extract import Extract, Mark
from models.extracts._local import child, day, field, own_day, school, words

PANEL = words("inclusion panel", "managed move panel", "fair access panel")
DECISION = words(
    "support in school", "managed move", "alternative provision place", "named school place",
    "outreach or intervention", "EHC needs assessment advised", "deferred", "no action",
)  # fmt: skip
OUTCOME = words("successful", "returned to first school", "permanently excluded", "moved on")
"""How what was decided ended; blank while it goes on or where nobody has said."""
PARTNER_KIND = words(
    "school partnership", "health", "early help", "youth justice", "parents and carers",
    "voluntary sector",
)  # fmt: skip
DATASET = words(
    "panel record", "training record", "staff survey", "voice survey", "support delivered",
    "monthly activity",
)  # fmt: skip


class PanelCase(Extract):
    """One row per child discussed; a child who comes back is another case.

    Each file is the whole record: it replaces the one before.
    """

    extract = "panel_cases"
    family = "local"
    title = "Panel cases: inclusion, managed move and fair access"
    owner = "the SEMH panel's coordinator"
    recognised_by = ("case_id", "upn", "panel", "decision")
    unique = ("case_id",)
    ordered = (("received_date", "heard_date"), ("received_date", "decided_date"),
               ("decided_date", "outcome_date"))  # fmt: skip

    case_id: str = field("This case", required=True, key=True)
    upn: str = child()
    panel: str = field("Which panel", codes=PANEL, required=True)
    partnership: str = field("Partnership of schools whose case it is", required=True)
    urn_from: int = school("URN of the school the child was at", required=True)
    urn_to: int | None = school("URN of the school or provision agreed, if any")
    received_date: date = own_day("Day the referral came", required=True, past=True)
    due_date: date | None = own_day("Day a decision was due by the panel's own terms")
    heard_date: date | None = own_day("Day the panel heard it; blank while it waits", past=True)
    decided_date: date | None = own_day("Day it was decided; blank while it waits", past=True)
    decision: str | None = field("What was decided", codes=DECISION, mark=Mark.SENSITIVE)
    outcome: str | None = field("How it ended; blank while it goes on", codes=OUTCOME,
                                mark=Mark.SENSITIVE)  # fmt: skip
    outcome_date: date | None = own_day("Day it ended", past=True)


class DataReturn(Extract):
    """One row per partner, data set and due date: whether it came, and whether it was nil.

    A nil return says that there was nothing; a return that never came has no received date.
    """

    extract = "data_returns"
    family = "local"
    title = "Returns due from partners"
    owner = "the council's data team"
    recognised_by = ("partner", "partner_kind", "dataset", "due_date", "nil_return")
    unique = ("partner", "dataset", "due_date")

    partner: str = field("Partner, by name", required=True, key=True)
    partner_kind: str = field("Kind of partner", codes=PARTNER_KIND, required=True)
    dataset: str = field("What was due", codes=DATASET, required=True)
    due_date: date = day("Day it was due", required=True)
    received_date: date | None = day("Day it came; blank where it never did", past=True)
    nil_return: bool | None = field("The partner says there was nothing to report")


MODULES: list[type[Extract]] = [PanelCase, DataReturn]
