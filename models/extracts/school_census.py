"""School census: the return itself and the pupils on roll and no longer on roll.

Base layout plus dated and termly differences: `since`, `until` and `terms` on a field say which
files have it. Order follows the COLLECT export.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from models import codes
from models.extract import Extract, Mark, OnFail, column
from models.extracts._collect import (
    CENSUS_GUIDE,
    RETURN_AGAIN,
    SCHOOL_SUPPLIER,
    UPN_PATTERN,
    identifier,
    key,
    linking_name,
    name_part,
    plain,
)

AUTUMN, SPRING, SUMMER = ("autumn",), ("spring",), ("summer",)
NOT_AUTUMN = (*SPRING, *SUMMER)
BORN_FROM = date(1990, 1, 1)


def _sessions(meaning: str, terms: tuple[str, ...] | None = None) -> Any:
    """Totals of a term; since 2025 spring and summer have none: absence is summed from codes."""
    return plain(meaning, unit="sessions", terms=terms, until={"spring": 2024, "summer": 2024})


class SchoolCensus(Extract):
    """One row per school return: which school, which census, on which day."""

    extract = "sc_schoolcensus"
    family = "school_census"
    title = "School census: return header"
    owner = SCHOOL_SUPPLIER
    recognised_by = ("schoolcensustableid", "referencedate", "estab")
    unique = ("schoolcensustableid",)
    by_period = True

    schoolcensustableid: str = key("This return's own key")
    nativeid: str | None = plain("School the return came from", header="NativeId")
    schoolcensusorderseqcolumn: str | None = plain("Position in the export")
    sourceid: str | None = plain("Return this row came from")
    name: str | None = plain("Name of the collection")
    collection: str | None = plain("Collection code")
    term: str = column(
        "Census term",
        source=CENSUS_GUIDE,
        codes=codes.TERM,
        required=True,
        action=RETURN_AGAIN,
    )
    year: int = column(
        "Calendar year of the census day", source=CENSUS_GUIDE, required=True,
        minimum=2015, maximum=2100, action=RETURN_AGAIN,
    )  # fmt: skip
    referencedate: date = column(
        "Census day", source=CENSUS_GUIDE, required=True, action=RETURN_AGAIN
    )
    serialno: int | None = plain("Serial number of the return")
    sourcelevel: str | None = plain("S from a school, L from a local authority")
    lea: str = column(
        "DfE local authority number", source=CENSUS_GUIDE, required=True,
        pattern="[0-9]{3}", action=RETURN_AGAIN,
    )  # fmt: skip
    estab: str = column(
        "DfE establishment number", source=CENSUS_GUIDE, required=True,
        pattern="[0-9]{4}", action=RETURN_AGAIN,
    )  # fmt: skip
    urn: int | None = column(
        "Unique reference number of the school",
        source="Get Information about Schools",
        minimum=100000,
        maximum=999999,
        action="Give the school's six-digit URN, or leave it blank and keep lea and estab right.",
    )
    softwarecode: str | None = plain("Software that made the return")
    release: str | None = plain("Software release")
    xversion: str | None = plain("Layout version")
    datetime: str | None = plain("When the return was made")


# What a registration says while it lasts and once it has ended, in the same words.
_DOB = identifier(
    "Date of birth", required=True, past=True, minimum=BORN_FROM,
    action="Enter the date of birth from the admission form.",
)  # fmt: skip
_UPN = identifier(
    "Unique pupil number", required=True, pattern=UPN_PATTERN,
    action="Look the pupil up and enter the thirteen-character UPN.",
)  # fmt: skip
_GENDER = column(
    "Gender", source=CENSUS_GUIDE, codes=codes.SEX, mark=Mark.QUASI, until=2023,
    on_fail=OnFail.BLANK, action=RETURN_AGAIN,
)  # fmt: skip
_SEX = column(
    "Sex", source=CENSUS_GUIDE, codes=codes.SEX, mark=Mark.QUASI, since=2024,
    on_fail=OnFail.BLANK, action=RETURN_AGAIN,
)  # fmt: skip
_ENTRY = column(
    "Date the pupil joined the school", source=CENSUS_GUIDE, mark=Mark.QUASI,
    minimum=BORN_FROM, past=True, action=RETURN_AGAIN,
)  # fmt: skip
_POSSIBLE = column(
    "Possible sessions in the term the census reports on", source=CENSUS_GUIDE,
    unit="sessions", minimum=0, maximum=999, on_fail=OnFail.BLANK, action=RETURN_AGAIN,
)  # fmt: skip
_HALF_TERM_POSSIBLE = column(
    "Possible sessions in the second half of the summer term", source=CENSUS_GUIDE,
    unit="sessions", minimum=0, maximum=999, on_fail=OnFail.BLANK, terms=AUTUMN,
)  # fmt: skip
_ETHNICITY = column(
    "Ethnic group", source="DfE extended ethnicity codes", mark=Mark.SENSITIVE, terms=SPRING,
    pattern="[A-Z]{4}", on_fail=OnFail.BLANK, action=RETURN_AGAIN,
)  # fmt: skip
_BOARDS = column("Boarder", source=CENSUS_GUIDE, codes=codes.BOARDER, on_fail=OnFail.BLANK)


class PupilOnRoll(Extract):
    """One row per registration on census day."""

    extract = "sc_pupilonroll"
    family = "school_census"
    title = "School census: pupils on roll"
    owner = SCHOOL_SUPPLIER
    recognised_by = ("pupilonrolltableid", "schoolcensustableid", "upn", "ncyearactual")
    unique = ("pupilonrolltableid",)
    parent = ("sc_schoolcensus", "schoolcensustableid")
    by_period = True

    pupilonrolltableid: str = key("This registration's own key")
    nativeid: str | None = plain("School the return came from", header="NativeId")
    dob: date = _DOB
    surname: str | None = linking_name("Surname")
    forename: str | None = linking_name("Forename")
    middlenames: str | None = name_part("Middle names")
    preferredsurname: str | None = name_part("Preferred surname")
    formersurname: str | None = name_part("Former surname")
    upn: str = _UPN
    formerupn: str | None = name_part("Former unique pupil number")
    uniquelearnernumber: str | None = name_part("Unique learner number")
    gender: str | None = _GENDER
    sex: str | None = _SEX
    entrydate: date | None = _ENTRY
    pupilonrollorderseqcolumn: str | None = plain("Position in the return")
    sourceid: str | None = plain("Return this row came from")
    schoolcensustableid: str = key("Return this registration belongs to")
    hoursatsetting: float | None = plain("Hours at setting", unit="hours a week")
    schoollunchtaken: bool | None = plain("School lunch taken on census day")
    parttime: bool | None = column("Attends part time", source=CENSUS_GUIDE, on_fail=OnFail.BLANK)
    topupfunding: bool | None = column(
        "High-needs top-up funding is paid for the pupil", source=CENSUS_GUIDE,
        mark=Mark.SENSITIVE, on_fail=OnFail.BLANK,
    )  # fmt: skip
    unitcontacttime: float | None = plain("Unit contact time", unit="hours a week", terms=SPRING)
    termlysessionspossible: int | None = _POSSIBLE
    termlysessionsauthorised: int | None = _sessions("Sessions missed, authorised")
    termlysessionsunauthorised: int | None = _sessions("Sessions missed, unauthorised")
    termlysessionseducational: int | None = _sessions("Sessions of approved activity", NOT_AUTUMN)
    termlysessionsexceptional: int | None = _sessions("Sessions unable to attend", NOT_AUTUMN)
    senunitindicator: bool | None = column(
        "In a SEN unit", source=CENSUS_GUIDE, on_fail=OnFail.BLANK, action=RETURN_AGAIN
    )
    resourcedprovisionindicator: bool | None = column(
        "In resourced provision", source=CENSUS_GUIDE, on_fail=OnFail.BLANK, action=RETURN_AGAIN
    )
    nonqualhrs: int | None = plain("Planned non-qualification hours", terms=AUTUMN)
    ftemp: bool | None = plain("Full-time employment", terms=AUTUMN)
    qualhrs: int | None = plain("Planned qualification hours", terms=AUTUMN)
    qualhrspreviousyear: int | None = plain("The same, previous year", terms=AUTUMN)
    nonqualhrspreviousyear: int | None = plain("The same, previous year", terms=AUTUMN)
    tlevelqualhrs: int | None = plain("T level hours", terms=AUTUMN)
    tlevelnonqualhrs: int | None = plain("T level non-qualification hours", terms=AUTUMN)
    moveoffrollflag: str | None = plain("Moved to pupils no longer on roll in COLLECT")
    fundedhours: float | None = plain("Funded hours", unit="hours a week")
    missingaddress: str | None = plain("No address was given")
    duplicatenotfunded: str | None = plain("Duplicate, not funded", terms=(*AUTUMN, *SPRING))
    summerhalfterm2sessionspossible: int | None = _HALF_TERM_POSSIBLE
    extendedhours: float | None = plain("Extended childcare hours", unit="hours a week")
    thirtyhourcode: str | None = plain(
        "Eligibility code for childcare hours",
        until={"autumn": 2024, "spring": 2024, "summer": 2023},
    )
    eligibilitycode: str | None = plain(
        "Eligibility code for childcare hours",
        since={"autumn": 2025, "spring": 2025, "summer": 2024},
    )
    summerhalfterm2sessionsauthorised: int | None = plain(
        "Sessions missed, authorised", unit="sessions", terms=AUTUMN
    )
    summerhalfterm2sessionsunauthorised: int | None = plain(
        "Sessions missed, unauthorised", unit="sessions", terms=AUTUMN
    )
    dafindicator: bool | None = plain("Disability access fund")
    summerhalfterm2sessionseducational: int | None = plain("Approved activity", terms=AUTUMN)
    summerhalfterm2sessionsexceptional: int | None = plain("Unable to attend", terms=AUTUMN)
    summerhalfterm2sessionscoronavirus: int | None = plain("Coronavirus", terms=AUTUMN)
    ethnicity: str | None = _ETHNICITY
    yssa: str | None = plain("Youth support services agreement")
    servicechild: str | None = plain("Child of service personnel")
    language: str | None = plain("First language")
    classtype: str | None = plain("Nursery or other class")
    enrolstatus: str | None = column(
        "Enrolment status", source=CENSUS_GUIDE, codes=codes.ENROL_STATUS, action=RETURN_AGAIN
    )
    boarder: str | None = _BOARDS
    plaa: str | None = plain("Post looked-after arrangement", mark=Mark.SENSITIVE)
    senprovision: str | None = column(
        "SEN provision", source=CENSUS_GUIDE, codes=codes.SEN_PROVISION, mark=Mark.SENSITIVE,
        action="Use N, K or E.",
    )  # fmt: skip
    ncyearactual: str | None = column(
        "National Curriculum year group", source=CENSUS_GUIDE, codes=codes.YEAR_GROUP,
        mark=Mark.QUASI, action=RETURN_AGAIN,
    )  # fmt: skip
    mathsgcsehighestpriorattainment: str | None = plain("Maths grade", terms=AUTUMN)
    mathsgcsepriorattainmentyear11: str | None = plain("Maths by year 11", terms=AUTUMN)
    englishgcsehighestpriorattainment: str | None = plain("English grade", terms=AUTUMN)
    englishgcsepriorattainmentyear11: str | None = plain("English by year 11", terms=AUTUMN)
    mathsgcsefundingexemption: str | None = plain("Maths exemption", terms=AUTUMN)
    englishgcsefundingexemption: str | None = plain("English exemption", terms=AUTUMN)
    mathsgcsehighestpriorattainmentpreviousyear: str | None = plain("Maths before", terms=AUTUMN)
    englishgcsehighestpriorattainmentpreviousyear: str | None = plain(
        "English before", terms=AUTUMN
    )
    eyppr: str | None = plain(
        "Early years pupil premium receipt", since={"autumn": 2025, "spring": 2025, "summer": 2024}
    )
    eyppbf: str | None = plain("Early years pupil premium basis", since=2025)
    youngcarer: str | None = column(
        "Young carer", source=CENSUS_GUIDE, codes=codes.YOUNG_CARER, mark=Mark.SENSITIVE,
        since=2023, terms=SPRING, on_fail=OnFail.BLANK,
    )  # fmt: skip
    expandedhours: float | None = plain("Expanded childcare hours", terms=SUMMER, since=2024)


class PupilNoLongerOnRoll(Extract):
    """One row per registration that ended since the census before."""

    extract = "sc_pupilnolongeronroll"
    family = "school_census"
    title = "School census: pupils no longer on roll"
    owner = SCHOOL_SUPPLIER
    recognised_by = ("pupilnolongeronrolltableid", "schoolcensustableid", "upn", "leavingdate")
    ordered = (("entrydate", "leavingdate"),)
    unique = ("pupilnolongeronrolltableid",)
    parent = ("sc_schoolcensus", "schoolcensustableid")
    by_period = True

    pupilnolongeronrolltableid: str = key("This registration's own key")
    nativeid: str | None = plain("School the return came from", header="NativeId")
    dob: date = _DOB
    surname: str | None = name_part("Surname")
    forename: str | None = name_part("Forename")
    middlenames: str | None = name_part("Middle names")
    preferredsurname: str | None = name_part("Preferred surname")
    formersurname: str | None = name_part("Former surname")
    upn: str = _UPN
    formerupn: str | None = name_part("Former unique pupil number")
    uniquelearnernumber: str | None = name_part("Unique learner number")
    gender: str | None = _GENDER
    sex: str | None = _SEX
    entrydate: date | None = _ENTRY
    leavingdate: date = column(
        "Date the pupil left the school", source=CENSUS_GUIDE, mark=Mark.QUASI, required=True,
        minimum=BORN_FROM, past=True, action=RETURN_AGAIN,
    )  # fmt: skip
    pupilnolongeronrollorderseqcolumn: str | None = plain("Position in the return")
    sourceid: str | None = plain("Return this row came from")
    schoolcensustableid: str = key("Return this registration belongs to")
    parttime: bool | None = column("Attended part time", source=CENSUS_GUIDE, on_fail=OnFail.BLANK)
    termlysessionspossible: int | None = _POSSIBLE
    termlysessionsauthorised: int | None = _sessions("Sessions missed, authorised")
    termlysessionsunauthorised: int | None = _sessions("Sessions missed, unauthorised")
    termlysessionseducational: int | None = _sessions("Sessions of approved activity", NOT_AUTUMN)
    termlysessionsexceptional: int | None = _sessions("Sessions unable to attend", NOT_AUTUMN)
    moveonrollflag: str | None = plain("Moved to pupils on roll in COLLECT")
    missingaddress: str | None = plain("No address was given", terms=AUTUMN)
    summerhalfterm2sessionsauthorised: int | None = plain("Authorised", terms=AUTUMN)
    summerhalfterm2sessionspossible: int | None = _HALF_TERM_POSSIBLE
    summerhalfterm2sessionsunauthorised: int | None = plain("Unauthorised", terms=AUTUMN)
    qualhrs: int | None = plain("Planned qualification hours", terms=AUTUMN)
    qualhrspreviousyear: int | None = plain("The same, previous year", terms=AUTUMN)
    nonqualhrspreviousyear: int | None = plain("The same, previous year", terms=AUTUMN)
    tlevelqualhrs: int | None = plain("T level hours", terms=AUTUMN)
    tlevelnonqualhrs: int | None = plain("T level non-qualification hours", terms=AUTUMN)
    nonqualhrs: int | None = plain("Planned non-qualification hours", terms=AUTUMN)
    summerhalfterm2sessionseducational: int | None = plain("Approved activity", terms=AUTUMN)
    summerhalfterm2sessionsexceptional: int | None = plain("Unable to attend", terms=AUTUMN)
    summerhalfterm2sessionscoronavirus: int | None = plain("Coronavirus", terms=AUTUMN)
    ethnicity: str | None = _ETHNICITY
    boarder: str | None = _BOARDS
    language: str | None = plain("First language")
    ncyearleaving: str | None = column(
        "Year group on leaving", source=CENSUS_GUIDE, codes=codes.YEAR_GROUP, mark=Mark.QUASI,
        terms=AUTUMN, on_fail=OnFail.BLANK, action=RETURN_AGAIN,
    )  # fmt: skip
    mathsgcsehighestpriorattainment: str | None = plain("Maths grade", terms=AUTUMN)
    mathsgcsepriorattainmentyear11: str | None = plain("Maths by year 11", terms=AUTUMN)
    englishgcsehighestpriorattainment: str | None = plain("English grade", terms=AUTUMN)
    englishgcsepriorattainmentyear11: str | None = plain("English by year 11", terms=AUTUMN)
    mathsgcsefundingexemption: str | None = plain("Maths exemption", terms=AUTUMN)
    englishgcsefundingexemption: str | None = plain("English exemption", terms=AUTUMN)
    mathsgcsehighestpriorattainmentpreviousyear: str | None = plain("Maths before", terms=AUTUMN)
    englishgcsehighestpriorattainmentpreviousyear: str | None = plain(
        "English before", terms=AUTUMN
    )
