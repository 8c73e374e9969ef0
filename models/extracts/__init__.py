"""One pydantic contract per extract table the borough receives."""

from __future__ import annotations

from models.extract import Extract
from models.extracts import (
    camhs_monthly,
    commissioning,
    health_index,
    mhsds,
    out_of_school,
    placement,
    registers,
    school_census_modules,
    sen2,
)
from models.extracts.local_records import LOCAL_RECORDS
from models.extracts.school_census import PupilNoLongerOnRoll, PupilOnRoll, SchoolCensus

_CONTRACTS: list[type[Extract]] = [
    SchoolCensus,
    PupilOnRoll,
    PupilNoLongerOnRoll,
    *school_census_modules.MODULES,
    *sen2.MODULES,
    *mhsds.MODULES,
    *health_index.MODULES,
    *camhs_monthly.MODULES,
    *commissioning.MODULES,
    *registers.MODULES,
    *LOCAL_RECORDS,
    *out_of_school.MODULES,
    *placement.MODULES,
]

EXTRACTS: dict[str, type[Extract]] = {contract.extract: contract for contract in _CONTRACTS}
"""Extract id to its contract, parents before the extracts that refer to them."""
