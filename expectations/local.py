"""Checks of the council's own records against each other: what one says, another must bear out."""

from __future__ import annotations

from expectations.check import DATA_TEAM, WARN, Check, faults

FINANCE = "the schools finance team"

CARRIED_ON = faults(
    "grant-carried-on",
    "dsg_balance",
    "The grant's balance brought forward is what the year before carried forward",
    "years",
    ("dsg_balance",),
    "Correct whichever of the two years is wrong; a prior-year adjustment belongs in both.",
    FINANCE,
    "financial_year::varchar",
    """(
        select y.financial_year from live_dsg_balance y
        join live_dsg_balance b on b.financial_year = y.financial_year - 1
        where y.brought_forward <> b.carried_forward
    )""",
)

KNOWN_SUPPORT = faults(
    "support-in-register",
    "interventions_delivered",
    "Support that was given is in the register of interventions",
    "kinds of support",
    ("intervention", "intervention_register"),
    "Add it to the register, with its evidence rating and cost, or correct its id.",
    DATA_TEAM,
    "intervention_id",
    """(
        select distinct intervention_id from live_intervention
        where intervention_id not in (
            select intervention_id from live_intervention_register
            where intervention_id is not null)
        and exists (select 1 from live_intervention_register)
    )""",
)

LISTED = Check(
    "reduced-timetables-listed",
    "reduced_timetable_return",
    "A school's return of reduced timetables counts the pupils on its list that month",
    WARN,
    "monthly returns",
    ("reduced_timetable_return", "reduced_timetable"),
    "Ask the school which is right; a refused row of the list may be what is missing.",
    DATA_TEAM,
    """
    select r.urn || ' ' || r.month as item,
        any_value(r.pupils) - count(distinct t.person_id)::double as figure
    from live_reduced_timetable_return r
    left join live_reduced_timetable t on t.urn = r.urn and t.start_date <= last_day(r.month)
        and (t.end_date is null or t.end_date >= r.month)
    where exists (select 1 from live_reduced_timetable)
    group by r.urn, r.month, r.load_id
    """,
    0,
    0,
)

LOCAL_CHECKS = (CARRIED_ON, KNOWN_SUPPORT, LISTED)
