"""EHC plans in dispute, and children who wait for a place that has been named for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from models import codes
from models.extract import Extract, Mark, OnFail, column
from models.extracts._collect import UPN_PATTERN, identifier

DISPUTE_SOURCE = "SEND Code of Practice, chapter 11; HM Courts and Tribunals Service outcome terms"
WAIT_SOURCE = "Council SEN placement log"
OWNER = "the SEND team, who hold the case system"
FIX = "Correct it in the SEN case system and send the register again."
FIRST_DAY = date(2010, 1, 1)


def _dispute(meaning: str, **rest: Any) -> Any:
    rest.setdefault("action", FIX)
    return column(meaning, source=DISPUTE_SOURCE, **rest)


def _wait(meaning: str, **rest: Any) -> Any:
    rest.setdefault("action", FIX)
    return column(meaning, source=WAIT_SOURCE, **rest)


def _upn(source: str) -> Any:
    return identifier(
        "Unique pupil number; blank where there is none yet", source=source, pattern=UPN_PATTERN,
        action="Enter the thirteen-character UPN, or leave it blank.",
    )  # fmt: skip


class Dispute(Extract):
    """One row per mediation, and one per appeal to the tribunal, about an EHC decision."""

    extract = "dispute"
    family = "local"
    title = "EHC mediation and tribunal register"
    owner = OWNER
    recognised_by = ("dispute_id", "upn", "about")
    unique = ("dispute_id",)
    ordered = (("registered_date", "decided_date"),)

    dispute_id: str = _dispute("This mediation or appeal", required=True, key=True)
    upn: str | None = _upn(DISPUTE_SOURCE)
    kind: str = _dispute(
        "Mediation or appeal", required=True, codes=codes.DISPUTE_KIND, action="Use MED or APP."
    )
    about: str = _dispute(
        "The decision in dispute", required=True, codes=codes.DISPUTE_ABOUT, mark=Mark.SENSITIVE,
        action="Use one of the codes for what a dispute is about.",
    )  # fmt: skip
    primary_need: str | None = _dispute(
        "Primary need, as far as known then", codes=codes.SEN_TYPE, mark=Mark.SENSITIVE,
        on_fail=OnFail.BLANK,
    )  # fmt: skip
    registered_date: date = _dispute(
        "Day the mediation was asked for, or the appeal registered", required=True, past=True,
        mark=Mark.QUASI, minimum=FIRST_DAY,
    )  # fmt: skip
    decided_date: date | None = _dispute(
        "Day it ended; blank while it goes on", past=True, mark=Mark.QUASI
    )
    result: str | None = _dispute(
        "How it ended; blank while it goes on", codes=codes.DISPUTE_RESULT, mark=Mark.SENSITIVE,
        action="Use one of the result codes, or leave it blank while it goes on.",
    )  # fmt: skip


class PlaceWait(Extract):
    """One row per child and place asked for: since when, and where the child is meanwhile."""

    extract = "place_wait"
    family = "local"
    title = "Waiting for a specialist place"
    owner = OWNER
    recognised_by = ("wait_id", "upn", "meanwhile")
    unique = ("wait_id",)
    ordered = (("asked_date", "placed_date"), ("asked_date", "withdrawn_date"))

    wait_id: str = _wait("This wait", required=True, key=True)
    upn: str | None = _upn(WAIT_SOURCE)
    primary_need: str | None = _wait("Primary need", codes=codes.SEN_TYPE, mark=Mark.SENSITIVE)
    wanted_provision_id: str | None = _wait(
        "Provision asked for, as in places commissioned; blank where none is named yet"
    )
    wanted_establishment: str | None = _wait(
        "Kind of establishment asked for", codes=codes.ESTABLISHMENT
    )
    wanted_designation: str | None = _wait(
        "Designation asked for", codes=codes.DESIGNATION, on_fail=OnFail.BLANK
    )
    asked_date: date = _wait(
        "Day the place was agreed to be needed", required=True, past=True, mark=Mark.QUASI,
        minimum=FIRST_DAY,
    )  # fmt: skip
    placed_date: date | None = _wait("First day in the place; blank while waiting", mark=Mark.QUASI)
    withdrawn_date: date | None = _wait(
        "Day it was no longer wanted, without a place", mark=Mark.QUASI
    )
    meanwhile: str | None = _wait(
        "Where the child is while waiting", codes=codes.MEANWHILE, mark=Mark.SENSITIVE,
        on_fail=OnFail.BLANK,
    )  # fmt: skip


MODULES: list[type[Extract]] = [Dispute, PlaceWait]
