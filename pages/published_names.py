"""What each kind of published file is called by people."""

from __future__ import annotations

import re

NAMES = {
    "absence_by_need": "Absence by primary need",
    "ap_absence": "Absence in alternative provision",
    "ap_census": "Alternative provision census",
    "ap_counts": "Pupils in alternative provision",
    "ap_school_arranged": "Alternative provision that schools arranged",
    "ap_school_arranged_placement_reason": "Why schools arranged alternative provision",
    "ap_settings": "Kinds of alternative provision that schools arranged",
    "ap_unregistered": "Children in unregistered provision",
    "attendance_by_provision": "Attendance by SEN provision",
    "attendance_daily_autumn": "Daily attendance, autumn terms",
    "attendance_daily_spring": "Daily attendance, spring terms",
    "attendance_daily_summer": "Daily attendance, summer terms",
    "attendance_daily_week": "Daily attendance, week by week",
    "attendance_daily_year": "Daily attendance, year so far",
    "authority_codes": "Codes of local authorities",
    "csc_absence": "Absence of children with social care",
    "csc_factors": "Factors found in social care assessments",
    "dsg_deficit": "Dedicated schools grant, deficits",
    "exclusions_history": "Suspensions and exclusions, 2006 to 2017",
    "exclusions_history_reasons": "Reasons for suspension and exclusion, 2006 to 2017",
    "gias_register": "Register of schools (Get Information about Schools)",
    "headline_figures": "Headline figures that come with the program",
    "hospital_admissions_injury": "Hospital admissions for injury",
    "imd2025_authority": "Deprivation 2025, by local authority",
    "imd2025_lsoa": "Deprivation 2025, by neighbourhood",
    "imd2025_lsoa_with_wards": "Deprivation 2025, by neighbourhood, with wards",
    "lait": "Local Authority Interactive Tool (LAIT)",
    "lait_dictionary": "Local Authority Interactive Tool, definitions",
    "lait_part": "Local Authority Interactive Tool, part",
    "lsoa_ward_lookup": "Which neighbourhood is in which ward",
    "mhsds": "Mental health services monthly statistics",
    "mhsds_part_areas": "Mental health services monthly statistics, areas",
    "mhsds_part_england": "Mental health services monthly statistics, England",
    "mhsds_part_providers": "Mental health services monthly statistics, providers",
    "mhsds_part_regions": "Mental health services monthly statistics, regions",
    "population_children": "Population estimates, children",
    "pru_absence": "Absence in pupil referral units",
    "pupils_by_provider": "Pupils by kind of provider, England",
    "pupils_by_provider_local_authority": "Pupils by kind of provider",
    "pupils_with_sen": "Pupils with an EHC plan",
    "sen2_management_information": "EHC plans, management information",
    "sen_of_children_in_care": "Special educational needs of children in care",
    "shapes_authority": "Outlines of local authorities",
    "shapes_lsoa": "Outlines of neighbourhoods",
    "shapes_ward": "Outlines of wards",
    "specialist_spend": "Spending on specialist places",
    "specialist_spend_england": "Spending on specialist places, England",
    "specialist_spend_regions": "Spending on specialist places, regions",
    "tribunal_rates_to_2022": "SEND tribunal appeal rates to 2022",
}
"""Published files whose name is always the same."""

FAMILIES = (
    ("sen2.", "EHC plans: "),
    ("dsg_", "Dedicated schools grant, allocations of "),
    ("population_ages_", "Population by year of age, "),
    ("statistical_neighbours_", "Statistical neighbours, "),
)
"""Published files that come in several: how their ids begin, and what they are called."""

SHORT_FORMS = {
    "sen": "SEN", "ehc": "EHC", "ap": "alternative provision", "pru": "pupil referral unit",
    "la": "local authority", "dsg": "dedicated schools grant", "imd": "deprivation",
    "lsoa": "neighbourhood", "newplans": "new plans", "mhsds": "mental health services",
    "csc": "social care", "lait": "LAIT", "camhs": "CAMHS", "semh": "SEMH",
}  # fmt: skip
"""Parts of ids that are no words, and the words for them."""


def published_name(extract: str) -> str:
    """What a published file is called; one not known here has its short forms written out."""
    if extract in NAMES:
        return NAMES[extract]
    for start, words in FAMILIES:
        if extract.startswith(start):
            return words + _words(extract.removeprefix(start))
    said = _words(extract)
    return said[:1].upper() + said[1:]


def _words(name: str) -> str:
    parts = [SHORT_FORMS.get(part, part) for part in re.split(r"[_.\s]+", name)]
    return " ".join(part for part in parts if part)
