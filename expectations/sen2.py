"""SEN2 return: the rules that councils' own checkers run (witan.sen2), each with its action.

`FORMATS.md` lists them. What a row's own contract refuses (missing keys, codes that are not in the
code set) is counted in `expectations.structure`.
"""

from __future__ import annotations

from expectations.check import SEND_TEAM, WARN, Check, faults

PLANS, PLACES = ("ehc_plan",), ("placement",)
CASE_SYSTEM = "in the SEN case system, then export the return again."

_IN_FORCE = """
    select p.*, q.birth_month from live_ehc_plan p left join person q using (person_id)
    where p.snapshot_date = (select max(snapshot_date) from live_ehc_plan)
        and (p.cease_date is null or p.cease_date > p.snapshot_date)
"""
_NOW = """
    select a.*, h.referencedate, r.persontableid from staging.ready.sen2_activeplans a
    join staging.ready.sen2_requests r
        on r.period = a.period and r.requeststableid = a.requeststableid
    join staging.ready.sen2_person p on p.period = r.period and p.persontableid = r.persontableid
    join staging.ready.sen2_sen2 h on h.period = p.period and h.sen2tableid = p.sen2tableid
"""
_THERE = f"""
    select a.period, a.activeplanstableid, d.placementdetailtableid, d.urn, d.ukprn, d.sensetting,
        d.senunitindicator, d.resourcedprovisionindicator
    from ({_NOW}) a join staging.ready.sen2_placementdetail d
        on d.period = a.period and d.activeplanstableid = a.activeplanstableid
    where coalesce(d.entrydate, a.referencedate) <= a.referencedate
        and coalesce(d.leavingdate, a.referencedate) >= a.referencedate
"""


def _sen2(
    check_id: str, extract: str, label: str, unit: str, facts: tuple[str, ...], action: str,
    item: str, rows: str, *, staged: bool = False,
) -> Check:  # fmt: skip
    return faults(
        check_id, extract, label, unit, facts, action, SEND_TEAM, item, rows, staged=staged
    )


NO_NUMBER = _sen2(
    "no-upn-or-uln", "sen2_person",
    "A person without UPN and ULN has a reason given", "people", (*PLANS, "ehc_request"),
    f"Find the UPN or ULN, or give UPNunknown, {CASE_SYSTEM}",
    "persontableid",
    """staging.ready.sen2_person
    where upn is null and uniquelearnernumber is null and upnunknown is null""",
    staged=True,
)  # fmt: skip

NO_NUMBER_WITH_REASON = _sen2(
    "no-upn-or-uln-reason-given", "sen2_person",
    "A person whose number is not known yet is followed up", "people", (*PLANS, "ehc_request"),
    "Give the person a stable local number, so that the same child is known in the next return.",
    "persontableid",
    """staging.ready.sen2_person
    where upn is null and uniquelearnernumber is null and upnunknown is not null""",
    staged=True,
)  # fmt: skip

PERSON_TWICE = _sen2(
    "person-twice-in-return", "sen2_person",
    "A UPN stands once in a return", "UPNs", (*PLANS, "ehc_request"),
    f"Merge the two records, or correct whichever UPN is wrong, {CASE_SYSTEM}",
    "period",
    """(select period, upn from staging.ready.sen2_person where upn is not null
        group by period, upn having count(*) > 1)""",
    staged=True,
)  # fmt: skip

SEVERAL_REQUESTS = _sen2(
    "plans-of-several-requests", "sen2_activeplans",
    "A person's plans in force come from one request", "people", (*PLANS, *PLACES),
    f"Keep the plan that is in force and end the others {CASE_SYSTEM}",
    "person_id",
    f"(select person_id from ({_IN_FORCE}) group by person_id"
    " having count(distinct request_id) > 1)",
)  # fmt: skip

NO_AGE = _sen2(
    "age-not-computable", "sen2_person",
    "The age of everyone with a plan can be worked out", "people", PLANS,
    f"Enter the date of birth {CASE_SYSTEM}",
    "person_id", f"({_IN_FORCE}) where birth_month is null",
)  # fmt: skip

_AGE = "date_diff('month', birth_month, snapshot_date) / 12.0"

AGE_25 = _sen2(
    "age-25", "sen2_activeplans",
    "No plan is in force for someone aged 25", "people", PLANS,
    "Check that the plan goes on to the end of the academic year of the twenty-fifth birthday.",
    "person_id", f"({_IN_FORCE}) where {_AGE} >= 25 and {_AGE} < 26",
)  # fmt: skip

OVER_25 = _sen2(
    "age-outside-send", "sen2_activeplans",
    "No plan is in force for someone aged 26 or over, or not yet born", "people", PLANS,
    f"Correct the date of birth or end the plan {CASE_SYSTEM}",
    "person_id", f"({_IN_FORCE}) where {_AGE} >= 26 or {_AGE} < 0",
)  # fmt: skip

NO_NAMED_PLAN = _sen2(
    "no-named-plan", "sen2_activeplans",
    "Every plan in force on census day has a named plan", "plans", (*PLANS, *PLACES),
    f"Enter the plan's start date {CASE_SYSTEM}",
    "activeplanstableid",
    f"""({_NOW}) a where transferla is null and not exists (
        select 1 from staging.ready.sen2_assessment s join staging.ready.sen2_namedplan n
            on n.period = s.period and n.assessmenttableid = s.assessmenttableid
        where s.period = a.period and s.requeststableid = a.requeststableid)""",
    staged=True,
)  # fmt: skip

_PLACELESS = (
    f"({_NOW}) a where transferla is {{}} null and not exists (select 1 from ({_THERE}) t"
    " where t.period = a.period and t.activeplanstableid = a.activeplanstableid)"
)

NO_PLACEMENT = _sen2(
    "no-placement", "sen2_placementdetail",
    "Every plan in force on census day has a placement", "plans", PLACES,
    f"Enter where the child is educated, or the SENSetting code, {CASE_SYSTEM}",
    "activeplanstableid", _PLACELESS.format(""), staged=True,
)  # fmt: skip

NO_PLACEMENT_MOVED_IN = _sen2(
    "no-placement-moved-in", "sen2_placementdetail",
    "Every plan transferred in from another authority has a placement", "plans", PLACES,
    "Ask the authority that held the plan where the child was placed, and enter it.",
    "activeplanstableid", _PLACELESS.format("not"), staged=True,
)  # fmt: skip

NO_ESTABLISHMENT = _sen2(
    "placement-without-establishment", "sen2_placementdetail",
    "Every placement has a URN, a UKPRN or a SENSetting", "placements", PLACES,
    f"Enter the establishment's URN or UKPRN, or the SENSetting code, {CASE_SYSTEM}",
    "placementdetailtableid",
    f"({_THERE}) where urn is null and ukprn is null and sensetting is null", staged=True,
)  # fmt: skip

UNIT_NOT_SAID = _sen2(
    "unit-not-said", "sen2_placementdetail",
    "A placement says whether it is in a SEN unit or resourced provision", "placements", PLACES,
    f"Set the SEN unit and resourced provision indicators {CASE_SYSTEM}",
    "placementdetailtableid",
    f"""({_THERE}) where (urn is not null or ukprn is not null)
        and senunitindicator is null and resourcedprovisionindicator is null""",
    staged=True,
)  # fmt: skip

_PLACED = """
    select * from live_placement
    where rank = 1 and snapshot_date = (select max(snapshot_date) from live_placement)
        and coalesce(leaving_date, snapshot_date) >= snapshot_date
"""

NOT_IN_REGISTER = _sen2(
    "establishment-not-in-register", "sen2_placementdetail",
    "Every placement's establishment is in the school or provider register", "establishments",
    PLACES, "Check the URN, or add the establishment to the register.",
    "urn",
    f"""(select distinct urn from ({_PLACED}) where urn is not null
        and urn not in (select urn from school where urn is not null)
        and urn not in (select urn from provision where urn is not null)
        and exists (select 1 from school))""",
)  # fmt: skip

WRONG_TYPE = _sen2(
    "establishment-of-unexpected-type", "sen2_placementdetail",
    "No placement of someone over 16 is at a primary school, nor of one under 8 at a secondary",
    "placements", PLACES, f"Check the URN and the placement's dates {CASE_SYSTEM}",
    "placement_id",
    f"""({_PLACED}) t join person p using (person_id) join school s on s.urn = t.urn
    where s.phase = 'primary' and date_diff('month', p.birth_month, t.snapshot_date) >= 16 * 12
        or s.phase = 'secondary' and date_diff('month', p.birth_month, t.snapshot_date) < 8 * 12""",
)  # fmt: skip

_UNIT = "establishment in ('sen_unit', 'resourced_provision')"

UNIT_CONTRADICTED = _sen2(
    "unit-contradicts-register", "sen2_placementdetail",
    "A placement in a SEN unit or resourced provision is at a school that has one", "placements",
    PLACES, "Correct the indicator, or the register where the school has opened one.",
    "placement_id",
    f"""({_PLACED}) t join school s on s.urn = t.urn
    where s.in_borough and (t.sen_unit or t.resourced_provision)
        and exists (select 1 from provision where {_UNIT})
        and t.urn not in (select urn from provision where urn is not null and {_UNIT})""",
)  # fmt: skip

FEWER_PLACED = Check(
    "fewer-placed-than-before", "sen2_placementdetail",
    "An establishment with ten or more placements keeps at least half of them", WARN,
    "establishments", PLACES,
    "Ask whether the establishment's placements are all in the return.", SEND_TEAM,
    """
    with placed as (
        select urn, snapshot_date, count(*)::double as n from live_placement
        where urn is not null and coalesce(leaving_date, snapshot_date) >= snapshot_date
        group by all
    ), returns as (
        select max(snapshot_date) as now, max(snapshot_date) filter (where snapshot_date
            < (select max(snapshot_date) from live_placement)) as before from live_placement
    )
    select b.urn::varchar as item, coalesce(n.n, 0) / b.n as figure
    from returns r join placed b on b.snapshot_date = r.before and b.n >= 10
    left join placed n on n.urn = b.urn and n.snapshot_date = r.now
    """,
    0.5,
)  # fmt: skip

NO_NEED = _sen2(
    "plan-without-need", "sen2_senneed",
    "Every plan in force has a primary need", "plans", (*PLANS, "sen_need"),
    f"Enter the primary type of need {CASE_SYSTEM}",
    "plan_id", f"({_IN_FORCE}) where primary_need is null",
)  # fmt: skip

SEN2 = (
    NO_NUMBER, NO_NUMBER_WITH_REASON, PERSON_TWICE, SEVERAL_REQUESTS, NO_AGE, AGE_25, OVER_25,
    NO_NAMED_PLAN, NO_PLACEMENT, NO_PLACEMENT_MOVED_IN, NO_ESTABLISHMENT, UNIT_NOT_SAID,
    NOT_IN_REGISTER, WRONG_TYPE, UNIT_CONTRADICTED, FEWER_PLACED, NO_NEED,
)  # fmt: skip
