"""Which fact tables each extract feeds, so that a warning about the one is told beside the other.

A test holds this against the rows that a whole borough really leaves in each fact.
"""

from __future__ import annotations

_CENSUS = ("pupil_census", "census_return", "attendance", "suspension", "ap_placement")
_SEN2 = ("ehc_request", "ehc_assessment", "ehc_plan", "placement", "sen_need")
_HEALTH = ("referral", "contact", "outcome_score", "care_plan")

FEEDS: dict[str, tuple[str, ...]] = {
    "sc_schoolcensus": (*_CENSUS, "ap_census", "sen_need"),
    "sc_pupilonroll": (*_CENSUS, "sen_need"),
    "sc_pupilnolongeronroll": ("pupil_census", "attendance", "suspension", "ap_placement"),
    "sc_senneeds": ("sen_need", "pupil_census"),
    "sc_fsmperiod": ("pupil_census",),
    **{
        f"sc_{stem}{roll}": facts
        for roll in ("onroll", "offroll")
        for stem, facts in {
            "termlyexclusions": ("suspension",),
            "termlysessiondetails": ("attendance",),
            "summerhalfterm2sessiondetails": ("attendance",),
            "addresses": ("pupil_census",),
            "schoolarrangedapdetail": ("ap_placement",),
            "approvisiondetail": ("ap_census",),
        }.items()
    },
    "sen2_sen2": _SEN2,
    "sen2_person": _SEN2,
    "sen2_requests": _SEN2,
    "sen2_assessment": ("ehc_assessment", "ehc_plan"),
    "sen2_namedplan": ("ehc_plan",),
    "sen2_plandetail": ("placement",),
    "sen2_activeplans": ("ehc_plan", "placement", "sen_need"),
    "sen2_placementdetail": ("placement",),
    "sen2_senneed": ("sen_need", "ehc_plan"),
    "mhs000": (*_HEALTH, "care_activity"),
    "mhs001": (*_HEALTH, "care_activity"),
    "mhs008": ("care_plan",),
    "mhs009": ("care_plan",),
    "mhs101": (*_HEALTH, "care_activity"),
    "mhs102": ("referral",),
    "mhs201": ("contact", "care_activity"),
    "mhs202": ("care_activity",),
    "mhs606": ("outcome_score",),
    "mhs607": ("outcome_score",),
    "camhs_monthly": ("camhs_monthly",),
    "health_person_index": (*_HEALTH, "link"),
    "commissioning_register": ("placement_cost",),
    "places_commissioned": ("provision_places", "provision"),
    "provider_register": ("provider", "placement_cost"),
    "school_register": ("school", "census_return"),
    "postcode_lookup": ("area", "pupil_census"),
    "dispute": ("dispute",),
    "place_wait": ("place_wait",),
    "panel_cases": ("panel_case",),
    "data_returns": ("data_return",),
    "intervention_register": ("intervention_register", "intervention"),
    "interventions_delivered": ("intervention",),
    "training_attendance": ("training",),
    "staff_survey": ("staff_survey",),
    "workforce_in_post": ("workforce",),
    "voice_survey": ("voice_survey",),
    "budget_lines": ("budget_line",),
    "dsg_balance": ("dsg_balance",),
    "capital_schemes": ("capital_scheme", "capital_place_filled"),
    "candidate_schemes": ("candidate_scheme",),
    "reduced_timetable": ("reduced_timetable",),
    "reduced_timetable_return": ("reduced_timetable_return", "reduced_timetable"),
    "ehe": ("ehe",),
    "missing_education": ("missing_education",),
}
"""Extract id to the tables of `models.warehouse` that its rows end in or are judged by."""
