"""Annex A lists of an Ofsted and CQC area inspection: the rules their checkers run.

Missing dates of birth and missing or repeated UPNs of pupils are refused by the census contract
itself; here is what a row may lack and still be counted.
"""

from __future__ import annotations

from expectations.check import DATA_TEAM, SEND_TEAM, Check, faults

CASE_SYSTEM = "in the SEN case system, then export the return again."

_LISTED = """
    select p.*, q.sex, q.ethnic_group, q.birth_month from live_ehc_plan p
    left join person q using (person_id)
    where p.snapshot_date = (select max(snapshot_date) from live_ehc_plan)
        and (p.cease_date is null or p.cease_date > p.snapshot_date)
"""
_SUPPORT = """
    select * from live_pupil_census
    where on_roll and sen_provision = 'K'
        and census_date = (select max(census_date) from live_pupil_census where term = 'spring')
"""
_SCHOOL_AGE = "date_diff('month', birth_month, snapshot_date) between 61 and 16 * 12"


def _listed(check_id: str, label: str, action: str, where: str) -> Check:
    """A rule of list 1: children and young people with a plan."""
    return faults(
        check_id, "sen2_person", label, "people", ("ehc_plan",), action, SEND_TEAM,
        "person_id", f"(select distinct person_id from ({_LISTED}) where {where})",
    )  # fmt: skip


def _support(check_id: str, label: str, action: str, where: str) -> Check:
    """A rule of list 2: pupils with SEN support, as their school's spring census has them."""
    return faults(
        check_id, "sc_senneeds", label, "pupils", ("pupil_census", "sen_need"), action, DATA_TEAM,
        "person_id", f"(select distinct person_id from ({_SUPPORT}) where {where})",
    )  # fmt: skip


ANNEX_A = (
    _listed("plan-without-sex", "Everyone with a plan has a sex recorded",
            f"Enter the sex {CASE_SYSTEM}", "sex is null"),
    _listed("plan-without-ethnic-group", "Everyone with a plan has an ethnic group recorded",
            f"Ask the family or the school and enter the ethnic group {CASE_SYSTEM}",
            "ethnic_group is null"),
    _listed("first-issued-after-review",
            "No plan was first issued after its review was decided",
            f"Correct the start of the plan or the date of the review {CASE_SYSTEM}",
            "start_date > review_decision and review_meeting < start_date"),
    _listed("review-in-future", "No review meeting is dated after the census day",
            f"Correct the date of the review {CASE_SYSTEM}", "review_meeting > snapshot_date"),
    faults("school-age-without-establishment", "sen2_placementdetail",
           "Everyone of school age with a plan has a school or another setting", "people",
           ("ehc_plan", "placement"),
           f"Enter the school, or the SENSetting code such as EHE or OLA, {CASE_SYSTEM}",
           SEND_TEAM, "person_id",
           f"(select distinct person_id from ({_LISTED}) l where {_SCHOOL_AGE} and not exists"
           " (select 1 from live_placement t where t.person_id = l.person_id and t.snapshot_date"
           " = l.snapshot_date and (t.urn is not null or t.sen_setting is not null)))"),
    faults("aged-six-without-number", "sen2_person",
           "Everyone aged six or over has a UPN or ULN", "people", ("ehc_plan",),
           f"Find the UPN or ULN and enter it {CASE_SYSTEM}", SEND_TEAM, "persontableid",
           "(select p.persontableid from staging.ready.sen2_person p"
           " join staging.ready.sen2_sen2 h on h.period = p.period"
           " and h.sen2tableid = p.sen2tableid where p.upn is null"
           " and p.uniquelearnernumber is null"
           " and date_diff('month', p.personbirthdate, h.referencedate) >= 72)", staged=True),
    faults("upn-of-two-birth-dates", "sc_pupilonroll",
           "One UPN is one child: the same date of birth wherever it stands", "UPNs",
           ("pupil_census",),
           "Ask both schools which child the UPN was given to; the other needs a new one.",
           DATA_TEAM, "period",
           "(select period, upn from staging.ready.sc_pupilonroll where upn is not null"
           " group by period, upn having count(distinct dob) > 1)", staged=True),
    _support("support-without-need", "Every pupil with SEN support has a type of need",
             "Enter the primary type of need in the management information system.",
             "primary_need is null"),
    _support("support-without-sex", "Every pupil with SEN support has a sex recorded",
             "Enter the sex in the management information system.", "sex is null"),
    _support("support-without-ethnic-group",
             "Every pupil with SEN support has an ethnic group recorded",
             "Ask the family; REFU where it declined, never a guess.", "ethnic_group is null"),
)  # fmt: skip
"""Rules of both lists."""
