"""One pydantic contract per extract table the borough receives."""

from __future__ import annotations

from models.extract import Extract
from models.extracts import commissioning, mhsds, registers, school_census_modules, sen2
from models.extracts.school_census import PupilNoLongerOnRoll, PupilOnRoll, SchoolCensus

EXTRACTS: dict[str, type[Extract]] = {
    contract.extract: contract
    for contract in (
        SchoolCensus,
        PupilOnRoll,
        PupilNoLongerOnRoll,
        *school_census_modules.MODULES,
        *sen2.MODULES,
        *mhsds.MODULES,
        *commissioning.MODULES,
        *registers.MODULES,
    )
}
"""Extract id to its contract."""
