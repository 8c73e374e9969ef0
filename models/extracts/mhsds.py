"""Mental Health Services Data Set: the tables that CAMHS referrals, contacts and outcomes need."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.extract import Extract, Mark, OnFail, column

GUIDE = "NHS England MHSDS technical output specification"
OWNER = "the mental-health provider's information team"
FIX = "Correct it in the clinical system and submit the table again."


def _id(meaning: str, header: str) -> Any:
    return column(
        meaning, source=GUIDE, header=header, required=True, key=True, mark=Mark.QUASI, action=FIX
    )


def _person() -> Any:
    return column(
        "Person; blank for providers that hold no patient identity",
        source=GUIDE,
        header="Person_ID",
        mark=Mark.IDENTIFIER,
    )


def _code(meaning: str, header: str, **rest: Any) -> Any:
    return column(meaning, source=GUIDE, header=header, mark=Mark.SENSITIVE, **rest)


def _date(meaning: str, header: str, **rest: Any) -> Any:
    return column(
        meaning, source=GUIDE, header=header, mark=Mark.QUASI, minimum=date(1990, 1, 1),
        action=FIX, **rest,
    )  # fmt: skip


class _Mhsds(Extract):
    family = "mhsds"
    owner = OWNER


class Mhs000(_Mhsds):
    """One row per submission: whose it is, and for which months."""

    extract = "mhs000"
    title = "MHSDS MHS000: header"
    recognised_by = ("orgidprovider", "reportingperiodenddate")
    unique = ("orgidprovider",)

    datsetversion: str | None = column(
        "Version of the data set", source=GUIDE, header="DatSetVersion"
    )
    orgidprovider: str = column(
        "Organisation code of the provider; its submissions replace each other and no one else's",
        source=GUIDE, header="OrgIDProvider", required=True, key=True, pattern="[A-Z0-9]{3,6}",
        action="Give the provider's organisation code of the ODS.",
    )  # fmt: skip
    orgidsubmit: str | None = column(
        "Organisation that submitted it", source=GUIDE, header="OrgIDSubmit"
    )
    reportingperiodstartdate: date | None = _date(
        "First day reported on", "ReportingPeriodStartDate"
    )
    reportingperiodenddate: date = _date(
        "Last day reported on", "ReportingPeriodEndDate", required=True
    )


class Mhs001(_Mhsds):
    """One row per person known to the service."""

    extract = "mhs001"
    title = "MHSDS MHS001: people"
    recognised_by = ("person_id", "gender", "ladistrictauth")
    unique = ("person_id",)

    person_id: str = column(
        "Person", source=GUIDE, header="Person_ID", mark=Mark.IDENTIFIER, required=True,
        key=True, action=FIX,
    )  # fmt: skip
    nhsnumber: str | None = column(
        "NHS number", source=GUIDE, header="NHSNumber", mark=Mark.IDENTIFIER,
        pattern="[0-9]{10}", on_fail=OnFail.BLANK, action=FIX,
    )  # fmt: skip
    personbirthdate: date | None = column(
        "Date of birth", source=GUIDE, header="PersonBirthDate", mark=Mark.IDENTIFIER,
        minimum=date(1990, 1, 1), action=FIX,
    )  # fmt: skip
    gender: str | None = column(
        "Gender: 1 male, 2 female, 9 indeterminate, X not known", source=GUIDE, header="Gender",
        mark=Mark.QUASI, on_fail=OnFail.BLANK,
        codes={"1": "Male", "2": "Female", "9": "Indeterminate", "X": "Not known"},
    )  # fmt: skip
    ethniccategory: str | None = _code("Ethnic category, one character", "EthnicCategory")
    postcode: str | None = column(
        "Home postcode", source=GUIDE, header="Postcode", mark=Mark.IDENTIFIER
    )
    lsoa2021: str | None = column(
        "Lower-layer super output area, 2021", source=GUIDE, header="LSOA2021",
        pattern="[EW]01[0-9]{6}", mark=Mark.QUASI, on_fail=OnFail.BLANK, action=FIX,
    )  # fmt: skip
    ladistrictauth: str | None = column(
        "Local authority district of residence", source=GUIDE, header="LADistrictAuth",
        mark=Mark.QUASI,
    )  # fmt: skip


class Mhs008(_Mhsds):
    """One row per care plan."""

    extract = "mhs008"
    title = "MHSDS MHS008: care plan type"
    recognised_by = ("careplanid", "careplantypemh")

    careplanid: str = _id("Care plan", "CarePlanID")
    person_id: str | None = _person()
    careplantypemh: str | None = _code("Type of care plan", "CarePlanTypeMH")
    careplancreatdate: date | None = _date("Date it was created", "CarePlanCreatDate")


class Mhs009(_Mhsds):
    """One row per agreement of a care plan."""

    extract = "mhs009"
    title = "MHSDS MHS009: care plan agreement"
    recognised_by = ("careplanid", "careplancontentagreeddate")

    careplanid: str = _id("Care plan", "CarePlanID")
    person_id: str | None = _person()
    careplancontentagreedby: str | None = _code("Who agreed it", "CarePlanContentAgreedBy")
    careplancontentagreeddate: date = _date(
        "Date it was agreed", "CarePlanContentAgreedDate", required=True
    )


class Mhs101(_Mhsds):
    """One row per referral."""

    extract = "mhs101"
    title = "MHSDS MHS101: referrals"
    recognised_by = ("uniqservreqid", "referralrequestreceiveddate")
    ordered = (("referralrequestreceiveddate", "servdischdate"),)
    unique = ("uniqservreqid",)

    uniqservreqid: str = _id("Referral", "UniqServReqID")
    person_id: str | None = _person()
    referralrequestreceiveddate: date = _date(
        "Date the referral was received", "ReferralRequestReceivedDate", required=True, past=True
    )
    sourceofreferralmh: str | None = _code("Who referred", "SourceOfReferralMH")
    primreasonreferralmh: str | None = _code("Primary reason", "PrimReasonReferralMH")
    clinrespprioritytype: str | None = _code("Clinical priority", "ClinRespPriorityType")
    servdischdate: date | None = _date("Date of discharge from the service", "ServDischDate")
    ageservreferrecdate: int | None = column(
        "Age when the referral was received", source=GUIDE, header="AgeServReferRecDate",
        unit="years", minimum=0, maximum=120, mark=Mark.QUASI, on_fail=OnFail.BLANK, action=FIX,
    )  # fmt: skip


class Mhs102(_Mhsds):
    """One row per team a referral went to."""

    extract = "mhs102"
    title = "MHSDS MHS102: service type referred to"
    recognised_by = ("uniqservreqid", "servteamtypereftomh")
    parent = ("mhs101", "uniqservreqid")

    uniqservreqid: str = _id("Referral", "UniqServReqID")
    person_id: str | None = _person()
    uniqcareprofteamid: str | None = column("Team", source=GUIDE, header="UniqCareProfTeamID")
    servteamtypereftomh: str | None = _code("Type of team", "ServTeamTypeRefToMH")
    referclosuredate: date | None = _date("Date the referral was closed", "ReferClosureDate")
    referclosreason: str | None = _code("Why it was closed", "ReferClosReason")
    referrejectiondate: date | None = _date("Date it was rejected", "ReferRejectionDate")
    referrejectreason: str | None = _code("Why it was rejected", "ReferRejectReason")


class Mhs201(_Mhsds):
    """One row per planned or held care contact."""

    extract = "mhs201"
    title = "MHSDS MHS201: care contacts"
    recognised_by = ("uniqcarecontid", "carecontdate")
    parent = ("mhs101", "uniqservreqid")
    unique = ("uniqcarecontid",)

    uniqcarecontid: str = _id("Care contact", "UniqCareContID")
    uniqservreqid: str = _id("Referral", "UniqServReqID")
    person_id: str | None = _person()
    carecontdate: date = _date("Date of the contact", "CareContDate", required=True)
    attendstatus: str | None = _code(
        "Attended or not: 5 and 6 attended, 3 and 7 did not, 2 and 4 cancelled", "AttendStatus",
        codes={
            "5": "Attended on time", "6": "Arrived late but seen", "7": "Arrived late, not seen",
            "3": "Did not attend", "2": "Cancelled by patient", "4": "Cancelled by provider",
        }, action="Use 2 to 7.",
    )  # fmt: skip
    consmechanismmh: str | None = _code("How it was held", "ConsMechanismMH")
    clincontactdurofcarecont: int | None = column(
        "Length of the contact", source=GUIDE, header="ClinContactDurOfCareCont", unit="minutes",
        minimum=0, maximum=1440, on_fail=OnFail.BLANK, action=FIX,
    )  # fmt: skip


class Mhs202(_Mhsds):
    """One row per activity in a contact."""

    extract = "mhs202"
    title = "MHSDS MHS202: care activities"
    recognised_by = ("uniqcareactid", "uniqcarecontid")
    parent = ("mhs201", "uniqcarecontid")
    unique = ("uniqcareactid",)

    uniqcareactid: str = _id("Care activity", "UniqCareActID")
    uniqcarecontid: str = _id("Care contact", "UniqCareContID")
    uniqservreqid: str | None = column("Referral", source=GUIDE, header="UniqServReqID")
    person_id: str | None = _person()
    procedure: str | None = _code("SNOMED CT procedure", "Procedure")


class Mhs606(_Mhsds):
    """One row per score of an assessment made at referral."""

    extract = "mhs606"
    title = "MHSDS MHS606: scored assessments of a referral"
    recognised_by = ("uniqservreqid", "codedasstooltype", "asstoolcompdate")
    parent = ("mhs101", "uniqservreqid")

    uniqservreqid: str = _id("Referral", "UniqServReqID")
    person_id: str | None = _person()
    codedasstooltype: str = _code(
        "Assessment tool and scale", "CodedAssToolType", required=True, action=FIX
    )
    persscore: float = _code("Score", "PersScore", required=True, action=FIX)
    asstoolcompdate: date = _date("Date completed", "AssToolCompDate", required=True)


class Mhs607(_Mhsds):
    """One row per score of an assessment made in an activity."""

    extract = "mhs607"
    title = "MHSDS MHS607: scored assessments of an activity"
    recognised_by = ("uniqcareactid", "uniqservreqid", "codedasstooltype", "asstoolcompdate")
    parent = ("mhs101", "uniqservreqid")

    uniqcareactid: str = _id("Care activity", "UniqCareActID")
    uniqservreqid: str = _id("Referral", "UniqServReqID")
    person_id: str | None = _person()
    codedasstooltype: str = _code(
        "Assessment tool and scale", "CodedAssToolType", required=True, action=FIX
    )
    persscore: float = _code("Score", "PersScore", required=True, action=FIX)
    asstoolcompdate: date = _date("Date completed", "AssToolCompDate", required=True)


MODULES: list[type[Extract]] = [
    Mhs000,
    Mhs001,
    Mhs008,
    Mhs009,
    Mhs101,
    Mhs102,
    Mhs201,
    Mhs202,
    Mhs606,
    Mhs607,
]
