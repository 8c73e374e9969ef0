"""School census: the modules that hang from a pupil, on roll and no longer on roll.

Each payload is written once; `collect_module` puts the COLLECT key columns of the module in front.
Attendance reports the term before the census (autumn census: the summer term up to the May half
term in the termly module, and its second half in the summer half term 2 module); suspensions
carry their own dates.
"""

from __future__ import annotations

from datetime import date

from models import codes
from models.extract import CENSUS, Extract, Mark, OnFail, column
from models.extracts._collect import (
    CENSUS_GUIDE,
    RETURN_AGAIN,
    SCHOOL_SUPPLIER,
    collect_module,
    identifier,
    key,
    name_part,
    plain,
)

ON_ROLL, OFF_ROLL = "pupilonroll", "pupilnolongeronroll"
NOT_ON_TIME = ("autumn",)


class _SenNeed(Extract):
    """One row per need of a pupil on SEN support or with a plan; spring only."""

    recognised_by = ("sentype",)

    sentyperank: int = column(
        "1 for the primary need, 2 for the secondary", source=CENSUS_GUIDE, required=True,
        minimum=1, maximum=9, action="Rank the needs from 1.",
    )  # fmt: skip
    sentype: str = column(
        "Type of need", source=CENSUS_GUIDE, codes=codes.SEN_TYPE_CENSUS, required=True,
        mark=Mark.SENSITIVE, action="Use one of the type-of-need codes of the school census.",
    )  # fmt: skip


class _Exclusion(Extract):
    """One row per suspension or permanent exclusion, with up to three reasons."""

    recognised_by = ("startdate", "category")

    startdate: date = column(
        "First day of the suspension or exclusion", source=CENSUS_GUIDE, required=True,
        mark=Mark.QUASI, minimum=date(2010, 1, 1), past=True, action=RETURN_AGAIN,
    )  # fmt: skip
    sessions: float | None = column(
        "Sessions the pupil was suspended for", source=CENSUS_GUIDE, unit="sessions",
        minimum=0, maximum=190, action="Give the number of half-day sessions.",
    )  # fmt: skip
    reason1: str | None = column(
        "First reason", source=CENSUS_GUIDE, codes=codes.EXCLUSION_REASON, mark=Mark.SENSITIVE,
        code_days=codes.EXCLUSION_REASON_DAYS, dated_by="startdate",
        action="Use a two-letter reason code of the census year.",
    )  # fmt: skip
    reason2: str | None = column(
        "Second reason", source=CENSUS_GUIDE, codes=codes.EXCLUSION_REASON, mark=Mark.SENSITIVE,
        code_days=codes.EXCLUSION_REASON_DAYS, dated_by="startdate",
        on_fail=OnFail.BLANK, since=2021, action="Use a two-letter reason code or leave blank.",
    )  # fmt: skip
    reason3: str | None = column(
        "Third reason", source=CENSUS_GUIDE, codes=codes.EXCLUSION_REASON, mark=Mark.SENSITIVE,
        code_days=codes.EXCLUSION_REASON_DAYS, dated_by="startdate",
        on_fail=OnFail.BLANK, since=2021, action="Use a two-letter reason code or leave blank.",
    )  # fmt: skip
    category: str = column(
        "Suspension, permanent or lunchtime", source=CENSUS_GUIDE, required=True,
        codes=codes.EXCLUSION_CATEGORY, mark=Mark.SENSITIVE, action="Use SUSP, PERM or LNCH.",
    )  # fmt: skip
    senprovision: str | None = column(
        "SEN provision on the day", source=CENSUS_GUIDE, codes=codes.SEN_PROVISION,
        mark=Mark.SENSITIVE, on_fail=OnFail.BLANK, action="Use N, K or E.",
    )  # fmt: skip


class _Sessions(Extract):
    """One row per pupil and attendance code, with the sessions marked with it."""

    recognised_by = ("attendancereason", "sessions")

    sessions: int | None = column(
        "Sessions marked with the code", source=CENSUS_GUIDE, unit="sessions", minimum=0,
        maximum=999, action="Give the number of half-day sessions.",
    )  # fmt: skip
    attendancereason: str = column(
        "Attendance code", source="Working together to improve school attendance", required=True,
        codes=codes.ATTENDANCE, code_days=codes.ATTENDANCE_DAYS, dated_by=CENSUS,
        mark=Mark.SENSITIVE, action="Use a code that was in use in the term reported.",
    )  # fmt: skip


class _Address(Extract):
    """One row per address of a pupil."""

    recognised_by = ("postcode",)

    uniquepropertyreferencenumber: str | None = name_part("Unique property reference number")
    postcode: str | None = identifier(
        "Home postcode", action="Enter the full postcode, for example S60 1AE."
    )


class _SchoolArrangedAp(Extract):
    """One row per placement in alternative provision that the school itself arranged."""

    recognised_by = ("placementreason", "entrydate")
    ordered = (("entrydate", "leavingdate"),)

    urn: int | None = column(
        "URN of the setting", source=CENSUS_GUIDE, minimum=100000, maximum=999999,
        on_fail=OnFail.BLANK, action="Give the six-digit URN, or the setting type instead.",
    )  # fmt: skip
    ukprn: int | None = column(
        "UK provider reference number of the setting", source=CENSUS_GUIDE, minimum=10000000,
        maximum=19999999, on_fail=OnFail.BLANK, action="Give the eight-digit UKPRN.",
    )  # fmt: skip
    entrydate: date = column(
        "First day of the placement", source=CENSUS_GUIDE, required=True, mark=Mark.QUASI,
        minimum=date(2010, 1, 1), action=RETURN_AGAIN,
    )  # fmt: skip
    leavingdate: date | None = column(
        "Last day of the placement", source=CENSUS_GUIDE, mark=Mark.QUASI, action=RETURN_AGAIN
    )
    apsessionsperweek: int | None = column(
        "Sessions a week", source=CENSUS_GUIDE, unit="sessions a week", minimum=0, maximum=14,
        on_fail=OnFail.BLANK, action=RETURN_AGAIN,
    )  # fmt: skip
    apsettingtype: str | None = column(
        "Type of setting where there is no URN or UKPRN", source=CENSUS_GUIDE,
        codes=codes.AP_SETTING, on_fail=OnFail.BLANK, action=RETURN_AGAIN,
    )  # fmt: skip
    placementreason: str | None = column(
        "Why the school placed the pupil", source=CENSUS_GUIDE, codes=codes.AP_REASON,
        mark=Mark.SENSITIVE, action="Use one of the placement reason codes.",
    )  # fmt: skip
    senprovisionentry: str | None = plain("SEN provision on entry", mark=Mark.SENSITIVE)
    senprovisionleaving: str | None = plain("SEN provision on leaving", mark=Mark.SENSITIVE)
    apattendancepattern: str | None = column(
        "Full or part time", source=CENSUS_GUIDE, codes=codes.ATTENDANCE_PATTERN,
        on_fail=OnFail.BLANK, action="Use FT or PT.",
    )  # fmt: skip
    applacementpostcode: str | None = name_part("Postcode of the setting", since=2024)
    companynumber: str | None = plain("Company number of the setting", since=2024)


class _ApProvision(Extract):
    """One row per pupil of alternative provision: where they came from, and why."""

    recognised_by = ("prevurn", "apreason")

    prevurn: int | None = column(
        "URN of the school before", source=CENSUS_GUIDE, minimum=100000, maximum=999999,
        on_fail=OnFail.BLANK, action="Give the six-digit URN of the school the pupil came from.",
    )  # fmt: skip
    apreason: str = column(
        "Why the pupil is in alternative provision", source=CENSUS_GUIDE, required=True,
        codes=codes.AP_CENSUS_REASON, mark=Mark.SENSITIVE, action="Use one of the reason codes.",
    )  # fmt: skip
    senprovisionentry: str | None = column(
        "SEN provision on entry", source=CENSUS_GUIDE, codes=codes.SEN_PROVISION,
        mark=Mark.SENSITIVE, on_fail=OnFail.BLANK, action="Use N, K or E.",
    )  # fmt: skip


class FsmPeriod(Extract):
    """One row per period of eligibility for free school meals; open when it has no end."""

    extract = "sc_fsmperiod"
    family = "school_census"
    title = "School census: free school meal periods"
    owner = SCHOOL_SUPPLIER
    recognised_by = ("pupilonrolltableid", "fsmstartdate")
    ordered = (("fsmstartdate", "fsmenddate"),)
    parent = ("sc_pupilonroll", "pupilonrolltableid")
    by_period = True

    pupilonrolltableid: str = key("Registration this belongs to")
    nativeid: str | None = plain("School the return came from", header="NativeId")
    fsmperiodsonrolltableid: str | None = plain("This row's own key", terms=NOT_ON_TIME)
    fsmperiodsonrollorderseqcolumn: str | None = plain("Position", terms=NOT_ON_TIME)
    fsmperiodtableid: str | None = plain("This row's own key", terms=("spring", "summer"))
    fsmperiodorderseqcolumn: str | None = plain("Position", terms=("spring", "summer"))
    sourceid: str | None = plain("Return this row came from")
    fsmstartdate: date = column(
        "First day of eligibility", source=CENSUS_GUIDE, required=True, mark=Mark.SENSITIVE,
        action=RETURN_AGAIN,
    )  # fmt: skip
    fsmenddate: date | None = column(
        "Last day of eligibility; blank while eligible", source=CENSUS_GUIDE, mark=Mark.SENSITIVE,
        action=RETURN_AGAIN,
    )  # fmt: skip
    ukcountry: str | None = plain("Country that granted it")


SenNeeds = collect_module("senneeds", ON_ROLL, _SenNeed, "School census: types of need")
MODULES: list[type[Extract]] = [
    SenNeeds,
    FsmPeriod,
    *(
        collect_module(f"{stem}{suffix}", parent, payload, f"School census: {title}, {words}")
        for stem, payload, title in (
            ("termlyexclusions", _Exclusion, "suspensions and exclusions"),
            ("termlysessiondetails", _Sessions, "attendance by code"),
            ("summerhalfterm2sessiondetails", _Sessions, "attendance in summer half term 2"),
            ("addresses", _Address, "addresses"),
            ("schoolarrangedapdetail", _SchoolArrangedAp, "AP the school arranged"),
            ("approvisiondetail", _ApProvision, "pupils of alternative provision"),
        )
        for suffix, parent, words in (
            ("onroll", ON_ROLL, "on roll"),
            ("offroll", OFF_ROLL, "no longer on roll"),
        )
    ),
]
"""Every child module's contract."""
