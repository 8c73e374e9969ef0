"""The provider's linkage list: who its MHSDS person ids are, under a data-sharing agreement.

MHSDS tables have no names and schools have no NHS numbers. So that the borough can see both sides
of one child, a provider sends this list beside its submission. It is read for linking only: no
field of it reaches the warehouse, and what is kept between loads is sealed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from models import codes
from models.extract import Extract, Mark, OnFail, column
from models.extracts._collect import UPN_PATTERN, identifier

AGREED = "Linkage list agreed in the data-sharing agreement with the provider"
FIX = "Correct it in the patient index and send the whole list again."


def _identifier(meaning: str, **rest: Any) -> Any:
    rest.setdefault("action", FIX)
    return identifier(meaning, source=AGREED, **rest)


class HealthPersonIndex(Extract):
    """One row per person known to the service."""

    extract = "health_person_index"
    family = "local"
    title = "Health: the provider's linkage list"
    owner = "the mental-health provider's information team"
    recognised_by = ("person_id", "nhs_number", "upn", "first_name", "surname", "dob")
    unique = ("person_id",)

    person_id: str = _identifier("Person, as in the MHSDS tables", required=True, key=True)
    nhs_number: str | None = _identifier(
        "NHS number", pattern="[0-9]{10}", on_fail=OnFail.BLANK,
        action="Give ten digits without spaces, or leave it blank.",
    )  # fmt: skip
    upn: str | None = _identifier(
        "Unique pupil number, where the service knows it", pattern=UPN_PATTERN,
        on_fail=OnFail.BLANK, action="Give the thirteen-character UPN, or leave it blank.",
    )  # fmt: skip
    first_name: str | None = _identifier("First name")
    surname: str | None = _identifier("Surname")
    dob: date | None = _identifier(
        "Date of birth", minimum=date(1990, 1, 1), past=True, on_fail=OnFail.BLANK
    )
    postcode: str | None = _identifier("Home postcode")
    sex: str | None = column(
        "Sex", source=AGREED, codes=codes.SEX, mark=Mark.QUASI, on_fail=OnFail.BLANK,
        action="Use M or F, or leave it blank.",
    )  # fmt: skip


MODULES: list[type[Extract]] = [HealthPersonIndex]
