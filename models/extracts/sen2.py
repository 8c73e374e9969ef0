"""SEN2 person-level return: its nine modules, as exported from COLLECT to one CSV each.

`since` and `until` name the return (the year of its later census). Field order follows the layout
list of the person-level specification; versions 1.2 (2024) and 1.3 (2026) add fields.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from models import codes
from models.extract import Extract, Mark, OnFail, column
from models.extracts._collect import UPN_PATTERN, identifier, key, linking_name, plain

GUIDE = "DfE SEN2 person-level guide"
OWNER = "the SEND team, who hold the SEN2 return"
FIX = "Correct it in the SEN case system and export the return again."
V12, V13 = 2024, 2026


def _date(meaning: str, **rest: Any) -> Any:
    rest.setdefault("action", FIX)
    return column(meaning, source=GUIDE, minimum=date(1990, 1, 1), mark=Mark.QUASI, **rest)


def _flag(meaning: str, **rest: Any) -> Any:
    return column(meaning, source=GUIDE, on_fail=OnFail.BLANK, action=FIX, **rest)


class _Sen2(Extract):
    family = "sen2"
    owner = OWNER
    by_period = True


class Sen2Header(_Sen2):
    """One row: which authority's return, for which census."""

    extract = "sen2_sen2"
    title = "SEN2: return header"
    recognised_by = ("sen2tableid", "collection", "referencedate")
    unique = ("sen2tableid",)

    sen2tableid: str = key("This return's own key")
    collection: str | None = plain("Collection code")
    year: int = column("Year of the return", source=GUIDE, required=True, minimum=2020, action=FIX)
    referencedate: date = _date("Census day, third Thursday of January", required=True)
    lea: str | None = plain("DfE local authority number")
    softwarecode: str | None = plain("Software that made the return")
    release: str | None = plain("Software release")
    serialno: int | None = plain("Serial number of the return")
    datetime: str | None = plain("When the return was made")
    dmo: str | None = plain("There is a designated medical officer", since=V13)
    dco: str | None = plain("There is a designated clinical officer", since=V13)
    dsco: str | None = plain("There is a designated social care officer", since=V13)


class Person(_Sen2):
    """One row per child or young person with a request or a plan."""

    extract = "sen2_person"
    title = "SEN2: people"
    recognised_by = ("persontableid", "sen2tableid", "personbirthdate")
    unique = ("persontableid",)
    parent = ("sen2_sen2", "sen2tableid")

    persontableid: str = key("This person's own key in the return")
    sen2tableid: str = key("Return this belongs to")
    surname: str | None = linking_name("Surname", source=GUIDE)
    forename: str | None = linking_name("Forename", source=GUIDE)
    personbirthdate: date = identifier(
        "Date of birth",
        source=GUIDE,
        required=True,
        minimum=date(1990, 1, 1),
        past=True,
        action=FIX,
    )
    gendercurrent: str | None = _flag("Gender", codes=codes.SEX, mark=Mark.QUASI, until=V12 - 1)
    sex: str | None = _flag("Sex", codes=codes.SEX, mark=Mark.QUASI, since=V12)
    ethnicity: str | None = _flag("Ethnic group", pattern="[A-Z]{4}", mark=Mark.SENSITIVE)
    postcode: str | None = identifier("Home postcode", source=GUIDE)
    upn: str | None = identifier(
        "Unique pupil number", source=GUIDE, pattern=UPN_PATTERN,
        action="Enter the thirteen-character UPN, or leave it blank and give UPNunknown.",
    )  # fmt: skip
    uniquelearnernumber: str | None = identifier("Unique learner number", source=GUIDE)
    upnunknown: str | None = _flag("Why there is no UPN", codes=codes.UPN_UNKNOWN)


class Requests(_Sen2):
    """One row per request for an EHC needs assessment."""

    extract = "sen2_requests"
    title = "SEN2: requests for assessment"
    recognised_by = ("requeststableid", "persontableid", "receiveddate")
    ordered = (("receiveddate", "requestoutcomedate"),)
    unique = ("requeststableid",)
    parent = ("sen2_person", "persontableid")

    requeststableid: str = key("This request's own key")
    persontableid: str = key("Person it is for")
    receiveddate: date | None = _date(
        "Date the request was received: the 20-week clock starts", past=True
    )
    requestsource: str | None = column(
        "Who asked; code set not yet confirmed", source=GUIDE, since=V13
    )
    rya: bool | None = _flag("Made while in relevant youth accommodation")
    requestoutcomedate: date | None = _date("Date of the decision whether to assess", past=True)
    requestoutcome: str = column(
        "Decision whether to assess; not changed by mediation or tribunal", source=GUIDE,
        codes=codes.REQUEST_OUTCOME, required=True, action="Use Y, N, A, W or H.",
    )  # fmt: skip
    requestmediation: bool | None = _flag("Went to mediation")
    requesttribunal: bool | None = _flag("Went to the tribunal")
    exported: str | None = plain("Moved to another authority")


class Assessment(_Sen2):
    """One row per assessment that was agreed."""

    extract = "sen2_assessment"
    title = "SEN2: assessments"
    recognised_by = ("assessmenttableid", "requeststableid", "assessmentoutcome")
    unique = ("assessmenttableid",)
    parent = ("sen2_requests", "requeststableid")

    assessmenttableid: str = key("This assessment's own key")
    requeststableid: str = key("Request it follows")
    assessmentoutcome: str = column(
        "Decision whether to issue a plan", source=GUIDE, codes=codes.REQUEST_OUTCOME,
        required=True, action="Use Y, N, A, W or H.",
    )  # fmt: skip
    assessmentoutcomedate: date | None = _date(
        "Date the plan was issued or the refusal notified: the 20-week clock ends"
    )
    assessmentmediation: bool | None = _flag("Went to mediation")
    assessmenttribunal: bool | None = _flag("Went to the tribunal")
    othermediation: bool | None = _flag("Other mediation")
    othertribunal: bool | None = _flag("Other tribunal case")
    week20: bool | None = _flag("A statutory exception to the 20 weeks applies")


class NamedPlan(_Sen2):
    """One row per EHC plan that follows from an assessment."""

    extract = "sen2_namedplan"
    title = "SEN2: EHC plans"
    recognised_by = ("namedplantableid", "assessmenttableid", "ceasedate")
    ordered = (("startdate", "ceasedate"),)
    unique = ("namedplantableid",)
    parent = ("sen2_assessment", "assessmenttableid")

    namedplantableid: str = key("This plan's own key")
    assessmenttableid: str = key("Assessment it follows")
    startdate: date = _date("Start of the current plan; moves on amendment", required=True)
    planres: str | None = plain("Residential; code set not yet confirmed")
    planwbp: str | None = plain("Work-based placement")
    pb: str | None = plain("Personal budget")
    oa: str | None = plain("Organised arrangement")
    dp: str | None = plain("Direct payment")
    ceasedate: date | None = _date("Date the plan ended, not the decision")
    ceasereason: str | None = column(
        "Why it ended", source=GUIDE, codes=codes.CEASE_REASON, action="Use a code from 1 to 9."
    )


def _urn() -> Any:
    return column(
        "URN of the establishment", source=GUIDE, minimum=100000, maximum=999999,
        action="Give the six-digit URN, or leave it blank and give SENSetting.",
    )  # fmt: skip


def _setting() -> Any:
    return column(
        "Setting where there is no URN or UKPRN", source=GUIDE, codes=codes.SEN_SETTING,
        action="Use one of the SENSetting codes.",
    )  # fmt: skip


def _rank() -> Any:
    return column(
        "1 for the main placement", source=GUIDE, required=True, minimum=1, maximum=9, action=FIX
    )


class PlanDetail(_Sen2):
    """One row per establishment a plan names."""

    extract = "sen2_plandetail"
    title = "SEN2: establishments named in plans"
    recognised_by = ("plandetailtableid", "namedplantableid", "sensetting")
    parent = ("sen2_namedplan", "namedplantableid")

    plandetailtableid: str = key("This row's own key")
    namedplantableid: str = key("Plan it belongs to")
    urn: int | None = _urn()
    ukprn: int | None = _flag("UK provider reference number")
    sensetting: str | None = _setting()
    sensettingother: str | None = plain("Other setting in words")
    placementrank: int = _rank()
    senunitindicator: bool | None = _flag("In a SEN unit")
    resourcedprovisionindicator: bool | None = _flag("In resourced provision")


class ActivePlans(_Sen2):
    """One row per plan in force on a census day."""

    extract = "sen2_activeplans"
    title = "SEN2: plans in force"
    recognised_by = ("activeplanstableid", "requeststableid", "transferla")
    unique = ("activeplanstableid",)
    parent = ("sen2_requests", "requeststableid")

    activeplanstableid: str = key("This row's own key")
    requeststableid: str = key("Request it goes back to")
    transferla: str | None = _flag("Authority the plan was transferred from")
    res: str | None = plain("Residential", until=V12 - 1)
    wbp: str | None = plain("Work-based placement", until=V12 - 1)
    reviewmeeting: date | None = _date("Date of the last annual review meeting", since=V12)
    reviewoutcome: str | None = plain("Outcome of the review; codes to be confirmed", since=V12)
    reviewdraft: date | None = _date("Date of the draft amended plan", since=V13)
    phasetransferduedate: date | None = _date("Phase transfer due", since=V13)
    phasetransferfinaldate: date | None = _date("Phase transfer plan final", since=V13)
    lastreview: date | None = _date("Date the keep, amend or cease decision was sent")


class PlacementDetail(_Sen2):
    """One row per establishment a child with a plan really attends."""

    extract = "sen2_placementdetail"
    title = "SEN2: placements"
    recognised_by = ("placementdetailtableid", "activeplanstableid", "entrydate")
    ordered = (("entrydate", "leavingdate"),)
    unique = ("placementdetailtableid",)
    parent = ("sen2_activeplans", "activeplanstableid")

    placementdetailtableid: str = key("This placement's own key")
    activeplanstableid: str = key("Plan in force it belongs to")
    urn: int | None = _urn()
    ukprn: int | None = _flag("UK provider reference number")
    sensetting: str | None = _setting()
    sensettingother: str | None = plain("Other setting in words")
    placementrank: int = _rank()
    entrydate: date | None = _date("First day of the placement")
    leavingdate: date | None = _date("Last day of the placement")
    attendancepattern: str | None = plain("Full or part time", until=V12 - 1)
    senunitindicator: bool | None = _flag("In a SEN unit")
    resourcedprovisionindicator: bool | None = _flag("In resourced provision")
    res: str | None = column("Residential; code set not yet confirmed", source=GUIDE, since=V12)
    wbp: str | None = plain("Work-based placement", since=V12)


class SenNeed(_Sen2):
    """One row per need recorded on a plan in force."""

    extract = "sen2_senneed"
    title = "SEN2: types of need"
    recognised_by = ("senneedtableid", "activeplanstableid", "sentype")
    parent = ("sen2_activeplans", "activeplanstableid")

    senneedtableid: str = key("This row's own key")
    activeplanstableid: str = key("Plan in force it belongs to")
    sentype: str = column(
        "Type of need", source=GUIDE, codes=codes.SEN_TYPE, required=True, mark=Mark.SENSITIVE,
        action="Use one of the thirteen type-of-need codes.",
    )  # fmt: skip
    sentyperank: int = column(
        "1 for the primary need, 2 for the secondary", source=GUIDE, required=True,
        minimum=1, maximum=2, action="Rank the needs 1 and 2.",
    )  # fmt: skip


MODULES: list[type[Extract]] = [
    Sen2Header,
    Person,
    Requests,
    Assessment,
    NamedPlan,
    PlanDetail,
    ActivePlans,
    PlacementDetail,
    SenNeed,
]
"""The nine modules, parents before children."""
