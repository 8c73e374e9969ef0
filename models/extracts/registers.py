"""Registers the other extracts lean on: schools, and which small area a postcode is in."""

from __future__ import annotations

from datetime import date
from typing import Any

from models import codes
from models.extract import Extract, Mark, OnFail, column

OWNER = "the council's data team"
SCHOOL_SOURCE = "Get Information about Schools, shortened to the fields used"
POSTCODE_SOURCE = "ONS Postcode Directory, shortened to the fields used"


def _school(meaning: str, **rest: Any) -> Any:
    rest.setdefault("action", "Correct it in the register and send it again.")
    return column(meaning, source=SCHOOL_SOURCE, **rest)


class SchoolRegister(Extract):
    """One row per school or other establishment."""

    extract = "school_register"
    family = "local"
    title = "School register"
    owner = OWNER
    recognised_by = ("urn", "la_code", "establishment_number", "expects_census")
    unique = ("urn",)

    urn: int = _school(
        "Unique reference number", required=True, key=True, minimum=100000, maximum=999999
    )
    la_code: str = _school("DfE local authority number", required=True, pattern="[0-9]{3}")
    establishment_number: str = _school(
        "DfE establishment number", required=True, pattern="[0-9]{4}"
    )
    establishment_name: str = _school("Name", required=True)
    phase: str = _school("Phase", codes=codes.PHASE, required=True)
    establishment: str | None = _school("Establishment category", codes=codes.ESTABLISHMENT)
    designation: str | None = _school("Need it is designated for", codes=codes.DESIGNATION)
    trust: str | None = _school("Academy trust; blank where maintained")
    ward_code: str | None = _school("Electoral ward", pattern="E05[0-9]{6}", on_fail=OnFail.BLANK)
    open_date: date | None = _school("Date it opened")
    close_date: date | None = _school("Date it closed")
    predecessor_urn: int | None = _school(
        "URN it took over from", minimum=100000, maximum=999999, on_fail=OnFail.BLANK
    )
    expects_census: bool = _school("Owes a school census return", required=True)


class PostcodeLookup(Extract):
    """One row per postcode, with the small area and ward it is in."""

    extract = "postcode_lookup"
    family = "local"
    title = "Postcode lookup"
    owner = OWNER
    recognised_by = ("pcds", "lsoa21")
    unique = ("pcds",)

    pcds: str = column(
        "Postcode", source=POSTCODE_SOURCE, required=True, key=True, mark=Mark.IDENTIFIER,
        action="Take the lookup from the ONS Postcode Directory again.",
    )  # fmt: skip
    lsoa21: str = column(
        "Lower-layer super output area, 2021", source=POSTCODE_SOURCE, required=True,
        pattern="[EWSNLM][0-9]{8}", action="Take the lookup from the ONS Postcode Directory again.",
    )  # fmt: skip
    ward_code: str | None = column(
        "Electoral ward", source=POSTCODE_SOURCE, pattern="[EWSNLM][0-9]{8}", on_fail=OnFail.BLANK
    )
    imd_decile: int | None = column(
        "Deprivation decile of the small area, 1 the most deprived",
        source="English Indices of Deprivation", minimum=1, maximum=10, on_fail=OnFail.BLANK,
    )  # fmt: skip


MODULES: list[type[Extract]] = [SchoolRegister, PostcodeLookup]
