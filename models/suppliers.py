"""Who sends what each fact is made of: from a table of the warehouse to contracts and owners."""

from __future__ import annotations

from models.extracts import EXTRACTS

_CENSUS = ("sc_schoolcensus", "sc_pupilonroll", "sc_pupilnolongeronroll")
FACT_EXTRACTS: dict[str, tuple[str, ...]] = {
    "pupil_census": _CENSUS[1:],
    "census_return": _CENSUS[:1],
    "attendance": (
        "sc_termlysessiondetailsonroll",
        "sc_termlysessiondetailsoffroll",
        "sc_summerhalfterm2sessiondetailsonroll",
        "sc_summerhalfterm2sessiondetailsoffroll",
    ),
    "suspension": ("sc_termlyexclusionsonroll", "sc_termlyexclusionsoffroll"),
    "sen_need": ("sc_senneeds", "sen2_senneed"),
    "ehc_request": ("sen2_requests",),
    "ehc_assessment": ("sen2_assessment",),
    "ehc_plan": ("sen2_namedplan", "sen2_activeplans"),
    "placement": ("sen2_placementdetail", "sen2_plandetail"),
    "placement_cost": ("commissioning_register",),
    "provision_places": ("places_commissioned",),
    "ap_placement": ("sc_schoolarrangedapdetailonroll", "sc_schoolarrangedapdetailoffroll"),
    "ap_census": ("sc_approvisiondetailonroll", "sc_approvisiondetailoffroll"),
    "reduced_timetable": ("reduced_timetable",),
    "reduced_timetable_return": ("reduced_timetable_return",),
    "ehe": ("ehe",),
    "missing_education": ("missing_education",),
    "dispute": ("dispute",),
    "place_wait": ("place_wait",),
    "referral": ("mhs101",),
    "contact": ("mhs201",),
    "care_plan": ("mhs009",),
    "care_activity": ("mhs202",),
    "camhs_monthly": ("camhs_monthly",),
    "outcome_score": ("mhs606", "mhs607"),
    "intervention": ("interventions_delivered",),
    "intervention_register": ("intervention_register",),
    "panel_case": ("panel_cases",),
    "data_return": ("data_returns",),
    "training": ("training_attendance",),
    "staff_survey": ("staff_survey",),
    "workforce": ("workforce_in_post",),
    "voice_survey": ("voice_survey",),
    "budget_line": ("budget_lines",),
    "dsg_balance": ("dsg_balance",),
    "capital_scheme": ("capital_schemes",),
    "capital_place_filled": ("capital_schemes",),
    "candidate_scheme": ("candidate_schemes",),
}
"""The extracts whose rows become each fact. A fact with none here has no contract yet."""


def extract_titles(fact: str) -> list[str]:
    """What the extracts behind a fact are called; empty where there is no contract."""
    return [EXTRACTS[name].title for name in FACT_EXTRACTS.get(fact, ()) if name in EXTRACTS]


def owner_of(fact: str) -> str:
    """Who answers for the extracts behind a fact; empty where there is no contract."""
    owners = [EXTRACTS[name].owner for name in FACT_EXTRACTS.get(fact, ()) if name in EXTRACTS]
    return owners[0] if owners else ""


def wanted(fact: str) -> str:
    """What to ask for, and of whom, where a fact has no rows.

    As in "SEN2: requests for assessment (from the SEND team, who hold the SEN2 return)".
    """
    titles, owner = extract_titles(fact), owner_of(fact)
    if not titles:
        return f"{fact.replace('_', ' ')} (no supplier has agreed to send it yet)"
    return f"{titles[0]} (from {owner})"
