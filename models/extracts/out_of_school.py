"""Children who are not in school full time: reduced timetables, taught at home, missing education.

Schools tell the council each month how many pupils are on a reduced timetable; nil is a return,
and no return is never read as nil.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from models import codes
from models.extract import Extract, Mark, OnFail, column
from models.extracts._collect import UPN_PATTERN, identifier

SCHOOL_OWNER = "the school, through the council's inclusion team"
TEAM_OWNER = "the council's education welfare team"
GUIDANCE = "Working together to improve school attendance: part-time timetables"
EHE_SOURCE = "DfE elective home education guidance and termly data collection"
CME_SOURCE = "DfE children missing education guidance and termly data collection"
FIX_RETURN = "Correct it in the school's return and send the month again."
FIX_REGISTER = "Correct it in the register and send the register again."
FIRST_DAY = date(2010, 1, 1)


def _return(meaning: str, **rest: Any) -> Any:
    rest.setdefault("action", FIX_RETURN)
    return column(meaning, source=GUIDANCE, **rest)


def _register(source: str, meaning: str, **rest: Any) -> Any:
    rest.setdefault("action", FIX_REGISTER)
    return column(meaning, source=source, **rest)


def _upn(required: bool, source: str) -> Any:
    return identifier(
        "Unique pupil number", source=source, required=required, pattern=UPN_PATTERN,
        action="Look the child up and enter the thirteen-character UPN.",
    )  # fmt: skip


def _birth(source: str) -> Any:
    return identifier(
        "Date of birth", source=source, past=True, minimum=date(1990, 1, 1), action=FIX_REGISTER
    )


def _urn(meaning: str, source: str, **rest: Any) -> Any:
    return column(
        meaning, source=source, minimum=100000, maximum=999999,
        action="Give the six-digit URN of the school.", **rest,
    )  # fmt: skip


class ReducedTimetable(Extract):
    """One row per reduced timetable of a pupil; open when it has no end."""

    extract = "reduced_timetable"
    family = "local"
    title = "Reduced timetables"
    owner = SCHOOL_OWNER
    recognised_by = ("timetable_id", "upn", "hours_a_week")
    unique = ("timetable_id",)
    ordered = (("start_date", "end_date"), ("start_date", "review_date"))

    timetable_id: str = _return("This timetable", required=True, key=True)
    upn: str = _upn(True, GUIDANCE)
    urn: int = _urn("URN of the school", GUIDANCE, required=True)
    start_date: date = _return(
        "First day of reduced hours", required=True, mark=Mark.QUASI, minimum=FIRST_DAY, past=True
    )
    end_date: date | None = _return("Last day of reduced hours", mark=Mark.QUASI)
    review_date: date | None = _return("Day of the next review", mark=Mark.QUASI)
    hours_a_week: float = _return(
        "Hours of school a week while it lasts", unit="hours a week", required=True,
        minimum=0, maximum=25, action="Give hours a week, from 0 to 25.",
    )  # fmt: skip
    reason: str | None = _return(
        "Why hours were reduced", codes=codes.TIMETABLE_REASON, mark=Mark.SENSITIVE,
        action="Use one of the reason codes.",
    )  # fmt: skip
    parent_agreed: bool | None = _return("Agreed with a parent", on_fail=OnFail.BLANK)


class ReducedTimetableReturn(Extract):
    """One row per school and month that was returned, nil returns with 0 pupils."""

    extract = "reduced_timetable_return"
    family = "local"
    title = "Reduced timetables: schools that returned"
    owner = SCHOOL_OWNER
    recognised_by = ("urn", "month", "pupils_on_reduced_timetable")
    unique = ("urn", "month")

    urn: int = _urn("URN of the school", GUIDANCE, required=True)
    month: date = _return(
        "First day of the month", required=True, minimum=FIRST_DAY, past=True,
        action="Give the first day of the month, for example 2025-03-01.",
    )  # fmt: skip
    pupils_on_reduced_timetable: int = _return(
        "Pupils on a reduced timetable at any time in the month; 0 for a nil return",
        unit="pupils", required=True, minimum=0, maximum=999,
        action="Give a whole number; 0 says that there were none.",
    )  # fmt: skip
    returned_on: date | None = _return("Day the school sent it", past=True)


class ElectiveHomeEducation(Extract):
    """One row per child and time taught at home by choice of the parents."""

    extract = "ehe"
    family = "local"
    title = "Elective home education register"
    owner = TEAM_OWNER
    recognised_by = ("ehe_id", "upn", "suitability")
    unique = ("ehe_id",)
    ordered = (("start_date", "end_date"), ("start_date", "first_contact_date"))

    ehe_id: str = _register(EHE_SOURCE, "This time at home", required=True, key=True)
    upn: str | None = _upn(False, EHE_SOURCE)
    dob: date | None = _birth(EHE_SOURCE)
    sex: str | None = _register(
        EHE_SOURCE, "Sex", codes=codes.SEX, mark=Mark.QUASI, on_fail=OnFail.BLANK
    )
    last_urn: int | None = _urn("URN of the school left, if any", EHE_SOURCE, on_fail=OnFail.BLANK)
    start_date: date = _register(
        EHE_SOURCE, "First day of home education", required=True, mark=Mark.QUASI,
        minimum=FIRST_DAY, past=True,
    )  # fmt: skip
    end_date: date | None = _register(
        EHE_SOURCE, "Last day of home education; blank while it goes on", mark=Mark.QUASI
    )
    reason: str | None = _register(
        EHE_SOURCE, "Main reason parents gave", codes=codes.EHE_REASON, mark=Mark.SENSITIVE,
        action="Use one of the reason codes; UNK where parents gave none.",
    )  # fmt: skip
    end_reason: str | None = _register(
        EHE_SOURCE, "Why it ended", codes=codes.EHE_END, on_fail=OnFail.BLANK
    )
    sen_provision: str | None = _register(
        EHE_SOURCE, "SEN provision when it began", codes=codes.SEN_PROVISION,
        mark=Mark.SENSITIVE, on_fail=OnFail.BLANK, action="Use N, K or E.",
    )  # fmt: skip
    primary_need: str | None = _register(
        EHE_SOURCE, "Primary need when it began", codes=codes.SEN_TYPE_CENSUS,
        mark=Mark.SENSITIVE, on_fail=OnFail.BLANK,
    )  # fmt: skip
    first_contact_date: date | None = _register(
        EHE_SOURCE, "Day the council first spoke with the family", mark=Mark.QUASI
    )
    suitability: str | None = _register(
        EHE_SOURCE, "Whether the education was found suitable", codes=codes.EHE_SUITABLE,
        mark=Mark.SENSITIVE, on_fail=OnFail.BLANK,
    )  # fmt: skip


class MissingEducation(Extract):
    """One row per child and time neither on a school's roll nor educated otherwise."""

    extract = "missing_education"
    family = "local"
    title = "Children missing education register"
    owner = TEAM_OWNER
    recognised_by = ("cme_id", "upn", "found_date")
    unique = ("cme_id",)
    ordered = (("start_date", "found_date"),)

    cme_id: str = _register(CME_SOURCE, "This case", required=True, key=True)
    upn: str | None = _upn(False, CME_SOURCE)
    dob: date | None = _birth(CME_SOURCE)
    sex: str | None = _register(
        CME_SOURCE, "Sex", codes=codes.SEX, mark=Mark.QUASI, on_fail=OnFail.BLANK
    )
    last_urn: int | None = _urn("URN of the last school, if any", CME_SOURCE, on_fail=OnFail.BLANK)
    start_date: date = _register(
        CME_SOURCE, "Day the child went missing from education", required=True, mark=Mark.QUASI,
        minimum=FIRST_DAY, past=True,
    )  # fmt: skip
    found_date: date | None = _register(
        CME_SOURCE, "Day the child was found or back in education; blank while missing",
        mark=Mark.QUASI,
    )  # fmt: skip
    outcome: str | None = _register(
        CME_SOURCE, "What became of it", codes=codes.CME_OUTCOME, on_fail=OnFail.BLANK
    )


MODULES: list[type[Extract]] = [
    ReducedTimetable,
    ReducedTimetableReturn,
    ElectiveHomeEducation,
    MissingEducation,
]
