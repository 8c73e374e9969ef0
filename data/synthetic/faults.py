"""Mistakes planted in the finished files, recorded with file, line, field and what was written.

A line is counted as an editor counts it: the header is line 1.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np

from data.synthetic.clock import sen2_day
from data.synthetic.fault import (
    EXTRA_CELL,
    NO_PARENT,
    NO_SUCH_DATE,
    NOT_A_NUMBER,
    REPEATED,
    TOO_SOON,
    UNKNOWN_CODE,
    WRONG_DAY,
    Fault,
    Row,
    filled,
)
from data.synthetic.faults_health import HEALTH
from data.synthetic.faults_local import LOCAL
from data.synthetic.faults_out_of_school import OUT_OF_SCHOOL
from data.synthetic.faults_placement import PLACEMENT
from data.synthetic.sen2_xml import CSV_NAME, XML_YEAR
from data.synthetic.world import World

SHARE = 0.0004
"""Share of a file's rows that carry each kind of fault (at least one row)."""


MHSDS = "mhsds/MHS{}.csv"
SPRING, SUMMER = "school_census/2025_spring_{}.csv", "school_census/2025_summer_{}.csv"
EARLY = "school_census/2023_summer_{}.csv"
SEN2 = "sen2/Blade-Export_16-01-2025_{}.csv"
AS_XML = CSV_NAME.format(f"{sen2_day(XML_YEAR):%d-%m-%Y}", "{}")
REGISTER = "commissioning/commissioning_register.csv"


FAULTS = (
    Fault(SPRING.format("pupilonroll"), "dob", NO_SUCH_DATE, "2012-Feb-31 00:00:00"),
    Fault(SPRING.format("pupilonroll"), "dob", "date in the future", "2031-Mar-01 00:00:00"),
    Fault(SPRING.format("pupilonroll"), "senprovision", "unknown code", "Q"),
    Fault(SPRING.format("pupilonroll"), "ncyearactual", "unknown code", "17"),
    Fault(SPRING.format("pupilonroll"), "upn", "required value missing", ""),
    Fault(SPRING.format("pupilonroll"), "upn", "malformed identifier", "12345"),
    Fault(SPRING.format("pupilonroll"), "pupilonrolltableid", REPEATED, ""),
    Fault(SPRING.format("senneeds"), "sentype", "unknown code", "ABC"),
    Fault(SPRING.format("termlyexclusionsonroll"), "startdate", "required value missing", ""),
    Fault(SPRING.format("termlyexclusionsonroll"), "category", "unknown code", "XXXX"),
    Fault(SPRING.format("termlyexclusionsonroll"), "sessions", "impossible number", "-4"),
    Fault(SUMMER.format("termlysessiondetailsonroll"), "attendancereason", "unknown code", "QQ"),
    Fault(SUMMER.format("termlysessiondetailsonroll"), "sessions", "impossible number", "1999"),
    Fault(SUMMER.format("termlysessiondetailsonroll"), "attendancereason", WRONG_DAY, "H"),
    Fault(EARLY.format("termlysessiondetailsonroll"), "attendancereason", WRONG_DAY, "C2"),
    Fault(SPRING.format("termlyexclusionsonroll"), "reason1", WRONG_DAY, "CB"),
    Fault(SPRING.format("termlyexclusionsonroll"), "pupilonrolltableid", NO_PARENT, "ffffffff"),
    Fault(SPRING.format("approvisiondetailonroll"), "apreason", UNKNOWN_CODE, "FUN"),
    Fault(SPRING.format("schoolarrangedapdetailonroll"), "placementreason", UNKNOWN_CODE, "XYZ"),
    Fault(
        SPRING.format("schoolarrangedapdetailonroll"),
        "leavingdate",
        TOO_SOON,
        "2011-Jan-03 00:00:00",
        filled("leavingdate"),
    ),
    Fault(SEN2.format("person"), "personbirthdate", "impossible age", "1985-Jun-01 00:00:00"),
    Fault(SEN2.format("person"), "upn", "malformed identifier", "X1"),
    Fault(SEN2.format("requests"), "requestoutcome", "unknown code", "Z"),
    Fault(SEN2.format("requests"), "receiveddate", NO_SUCH_DATE, "2024-Feb-30 00:00:00"),
    Fault(
        SEN2.format("namedplan"),
        "ceasedate",
        "ceased before it started",
        "2001-Jan-01 00:00:00",
        filled("ceasedate"),
    ),
    Fault(SEN2.format("senneed"), "sentype", "unknown code", "NONE"),
    Fault(SEN2.format("placementdetail"), "urn", "impossible number", "12", filled("urn")),
    Fault(AS_XML.format("senneed"), "sentype", UNKNOWN_CODE, "SAD"),
    Fault(AS_XML.format("senneed"), "sentyperank", NOT_A_NUMBER, "first"),
    Fault(AS_XML.format("placementdetail"), "entrydate", NO_SUCH_DATE, "2023-Feb-30 00:00:00"),
    Fault(REGISTER, "weekly_education", NOT_A_NUMBER, "see contract"),
    Fault(REGISTER, "start_date", NO_SUCH_DATE, "2024-02-30"),
    Fault(REGISTER, "placement_type", "unknown code", "boarding"),
    Fault(REGISTER, "placement_id", REPEATED, ""),
    Fault("mhsds/MHS101Referral.csv", "ReferralRequestReceivedDate", "required value missing", ""),
    Fault("mhsds/MHS201CareContact.csv", "AttendStatus", "unknown code", "8"),
    Fault("mhsds/MHS201CareContact.csv", "CareContDate", NO_SUCH_DATE, "2025-13-01"),
    Fault(MHSDS.format("606CodedScoreAssessmentRefer"), "PersScore", NOT_A_NUMBER, "high"),
    Fault("commissioning/places_commissioned.csv", "places", "impossible number", "-3"),
    *OUT_OF_SCHOOL,
    *PLACEMENT,
    *HEALTH,
    *LOCAL,
)


def plant_faults(world: World) -> None:
    """Spoil some rows of the written files; list every one in the truth."""
    found: list[dict[str, Any]] = []
    for file in dict.fromkeys(fault.file for fault in FAULTS):
        rng = world.rng(f"faults of {file}")  # its own, so that a new fault moves no other file's
        found += _spoil(world.out / file, file, [f for f in FAULTS if f.file == file], rng)
    world.truth["faults"] = found


def _spoil(
    path: Path, file: str, faults: list[Fault], rng: np.random.Generator
) -> list[dict[str, Any]]:
    """Change lines of one file, each line at most once, and add repeated ones at its end."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = next(csv.reader([lines[0]]))
    order = iter((rng.permutation(len(lines) - 1) + 1).tolist())
    original, found = len(lines) - 1, []
    for fault in faults:
        for _ in range(max(1, round(original * SHARE))):
            number = _next_line(lines, header, order, fault)
            if number is None:
                break
            written, line = _change(lines, header, number, fault)
            found.append(
                {
                    "file": file,
                    "line": line,
                    "field": fault.field,
                    "kind": fault.kind,
                    "written": written,
                }
            )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return found


def _next_line(lines: list[str], header: list[str], order: Any, fault: Fault) -> int | None:
    for number in order:
        if fault.able is None or fault.able(_row(lines[number], header)):
            return int(number)
    return None


def _row(line: str, header: list[str]) -> Row:
    return dict(zip(header, next(csv.reader([line])), strict=True))


def _change(lines: list[str], header: list[str], number: int, fault: Fault) -> tuple[str, int]:
    """Apply a fault to a line; returns what now stands there and the line's number as shown."""
    row = _row(lines[number], header)
    if fault.kind == EXTRA_CELL:
        lines[number] += ",left over"
        return row[fault.field], number + 1
    if fault.kind == REPEATED:
        lines.append(lines[number])
        return row[fault.field], len(lines)
    row[fault.field] = fault.change if isinstance(fault.change, str) else fault.change(row)
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([row[name] for name in header])
    lines[number] = buffer.getvalue()
    return row[fault.field], number + 1
