"""The plain layouts: social care, exclusions before 2018, alternative provision, money."""

from __future__ import annotations

from ingest.published.simple import Layout, Measure

DFE = "Department for Education"
DASHBOARD = "by way of the SEND and alternative provision dashboard"

_ABSENCE = {
    "pt_overall": Measure("Overall absence", "% of sessions", 1, "low"),
    "pt_sess_unauthorised": Measure("Unauthorised absence", "% of sessions", 1, "low"),
    "pt_pupils_pa_10_exact": Measure("Persistent absence", "% of pupils", 1, "low"),
    "pt_pupils_pa_50_exact": Measure("Severe absence", "% of pupils", 1, "low"),
}
_FACTORS = {
    "Episodes_with_assessment_factor": Measure("Assessments with a factor found", "assessments"),
    "Mental_Health_child": Measure("Assessments that found a child's mental health", "assessments"),
    "Self_harm": Measure("Assessments that found self-harm", "assessments"),
    "Child_sexual_exploitation": Measure("Assessments that found exploitation", "assessments"),
    "Young_Carer": Measure("Assessments that found a young carer", "assessments"),
    "Going_missing": Measure("Assessments that found going missing", "assessments"),
    "Gangs": Measure("Assessments that found gangs", "assessments"),
}
_EXCLUSIONS = {
    "perm_excl": Measure("Permanent exclusions", "exclusions", 0, "low"),
    "perm_excl_rate": Measure("Permanent exclusion rate", "exclusions per 100 pupils", 2, "low"),
    "fixed_excl": Measure("Fixed-period exclusions", "exclusions", 0, "low"),
    "fixed_excl_rate": Measure(
        "Fixed-period exclusion rate", "exclusions per 100 pupils", 2, "low"
    ),
}
_REASONS = (
    "physical_pupils", "physical_adult", "verbal_pupil", "verbal_adult", "bullying",
    "racist_abuse", "sexual_misconduct", "drug_alcohol", "damage", "theft",
    "persistent_disruptive", "other",
)  # fmt: skip
_PRU = {
    "enrolments": Measure("Pupils enrolled in pupil referral units", "pupils"),
    "sess_overall_percent": Measure("Overall absence, referral units", "% of sessions", 1, "low"),
    "enrolments_pa_10_exact_percent": Measure(
        "Persistent absence, referral units", "% of pupils", 1, "low"
    ),
    "enrolments_pa_50_exact_percent": Measure(
        "Severe absence, referral units", "% of pupils", 1, "low"
    ),
}
_SEN_OF_CARE = {
    "t_pupils": Measure("Pupils", "pupils"),
    "pt_SEN_support": Measure("SEN support", "% of pupils", 1),
    "pt_statement_or_EHC_plan": Measure("EHC plan", "% of pupils", 1),
    "t_SEMH": Measure("SEMH as primary need", "pupils"),
    "pt_SEMH": Measure("SEMH as primary need", "% of pupils with SEN", 1),
}
_SPEND = {
    "Spend per head": Measure("Special school spending per child", "pounds per child", 0),
    "total_spend": Measure("Special school spending", "pounds", 0),
}
_MI = {
    "assessments": Measure("Assessments completed", "assessments"),
    "ass_refused_ehc": Measure("Requests refused", "requests"),
    "ass_refused_ehc_pc": Measure("Requests refused", "% of requests", 1),
    "assessment_mediation": Measure("Mediation cases", "cases"),
    "assessment_tribunal": Measure("Tribunal cases", "cases"),
    "discontinued_total": Measure("Plans discontinued", "plans"),
}

LAYOUTS: tuple[Layout, ...] = (
    Layout("csc_absence", ("social_care_group", "phase_type_grouping", "absence_terms"),
           "csc_absence", "DfE outcomes for children in need and looked after", DFE, _ABSENCE,
           split=("social_care_group",), by=("phase_type_grouping", "phase")),
    Layout("csc_factors", ("time_identifier", "la_name"), "csc_factors",
           "DfE children in need, factors at the end of assessment", DFE, _FACTORS,
           kind="financial_year", wide=True),
    Layout("hospital_admissions_injury", ("Indicator ID", "Area Code", "Time period"),
           "fingertips.90284", "OHID Fingertips, indicator 90284",
           "Office for Health Improvement and Disparities",
           {"Value": Measure("Hospital admissions for injuries, ages 0 to 14", "per 10,000", 1,
                             "low")},
           year="Time period", kind="financial_year",
           only={"Sex": "Persons", "Category Type": "", "Indicator ID": "90284"}),
    Layout("exclusions_history", ("year", "level", "la_name", "school_type"), "exclusions_history",
           "DfE permanent and fixed-period exclusions 2006/07 to 2016/17", DFE, _EXCLUSIONS,
           year="year", kind="academic_year", by=("school_type", "phase")),
    Layout("exclusions_history_reasons", ("year", "level", "la_name", "school_type"),
           "exclusions_history.reasons",
           "DfE permanent and fixed-period exclusions 2006/07 to 2016/17", DFE,
           {f"{k}_{r}": Measure(f"{w} exclusions for {r.replace('_', ' ')}", "exclusions", 0, "low")
            for k, w in (("fixed", "Fixed-period"), ("perm", "Permanent")) for r in _REASONS},
           year="year", kind="academic_year", only={"school_type": "Total"}),
    Layout("ap_counts", ("prov_type", "setting_type", "geographic_level"), "ap",
           f"DfE schools, pupils and their characteristics, {DASHBOARD}", DFE,
           {"total": Measure("Alternative provision", "pupils or placements")},
           kind="academic_year", split=("prov_type",),
           not_with=("Setting type",), wide=True),
    Layout("ap_unregistered", ("prov_type", "setting_type", "Setting type"), "ap",
           f"DfE schools, pupils and their characteristics, {DASHBOARD}", DFE,
           {"total": Measure("Alternative provision", "pupils or placements")},
           kind="academic_year", split=("prov_type", "setting_type")),
    Layout("ap_settings", ("setting_type", "placements"), "ap_placements",
           "DfE schools, pupils and their characteristics 2022/23", DFE,
           {"placements": Measure("Authority-funded alternative provision", "placements")},
           by=("setting_type", "setting")),
    Layout("ap_school_arranged", ("characteristic_grouping", "pupil_characteristic",
                                  "setting_type", "time_identifier"), "ap_school_arranged",
           "DfE schools, pupils and their characteristics 2022/23", DFE,
           {"pupils": Measure("Pupils in alternative provision arranged by schools", "pupils")},
           split=("characteristic_grouping",), by=("pupil_characteristic", "characteristic"),
           only={"setting_type": "Total"}, variant=("characteristic_grouping", "Placement Reason")),
    Layout("ap_absence", ("Absence measure", "total_enrolments"), "ap_absence",
           f"DfE pupil absence in schools, {DASHBOARD}", DFE,
           {"Percentage": Measure("State-funded alternative provision", "%", 1, "low")},
           year="academic_year", kind="academic_year", split=("Absence measure",), wide=True),
    Layout("pru_absence", ("enrolments_pa_10_exact", "sess_possible", "geographic_level"),
           "pru_absence", "DfE pupil absence in schools, two terms", DFE, _PRU),
    Layout("specialist_spend", ("la_name", "category", "year", "pop_est"), "specialist_spend",
           f"DfE section 251 outturn, {DASHBOARD}", DFE, _SPEND,
           year="year", kind="financial_year", split=("category",), wide=True),
    Layout("specialist_spend_regions", ("region", "category", "year", "pop_est"),
           "specialist_spend", f"DfE section 251 outturn, {DASHBOARD}", DFE, _SPEND,
           year="year", kind="financial_year", split=("category",), only={"region": ".+"},
           not_with=("la_name",)),
    Layout("specialist_spend_england", ("category", "year", "pop_est"), "specialist_spend",
           f"DfE section 251 outturn, {DASHBOARD}", DFE, _SPEND,
           year="year", kind="financial_year", split=("category",),
           not_with=("region", "la_name")),
    Layout("dsg_deficit", ("financial_year", "geographic_level", "deficit"), "dsg",
           f"DfE dedicated schools grant, {DASHBOARD}", DFE,
           {"deficit": Measure("Dedicated schools grant deficit", "% of grant income", 2, "low")},
           year="financial_year", kind="financial_year", wide=True),
    Layout("pupils_with_sen", ("SEN provision", "% of pupils", "new_la_code"), "pupils_with_sen",
           f"DfE special educational needs in England, {DASHBOARD}", DFE,
           {"% of pupils": Measure("Pupils with SEN", "% of pupils", 1)},
           year="academic_year", kind="academic_year", split=("SEN provision",)),
    Layout("pupils_by_provider", ("phase_type_grouping", "Provision type", "new_la_code"),
           "pupils_by_provider", f"DfE special educational needs in England, {DASHBOARD}", DFE,
           {"% of pupils (with SEN provision type)": Measure("Where pupils are on roll",
                                                             "% of pupils", 1)},
           year="academic_year", kind="academic_year", split=("Provision type",),
           by=("phase_type_grouping", "phase"), variant=("geographic_level", "Local authority")),
    Layout("tribunal_rates_to_2022", ("metric", "SEND Tribunal Appeal Rate", "year"),
           "tribunals_to_2022", f"Ministry of Justice SEND appeals, {DASHBOARD}",
           "Ministry of Justice",
           {"SEND Tribunal Appeal Rate": Measure("Appeals to the SEND tribunal",
                                                 "% of appealable decisions", 2, "low")},
           year="year", kind="calendar_year"),
    Layout("sen_of_children_in_care", ("social_care_group", "t_no_identified_SEN",
                                       "geographic_level", "new_la_code"), "csc_sen",
           "DfE outcomes for children in need and looked after", DFE, _SEN_OF_CARE,
           split=("social_care_group",)),
    Layout("sen2_management_information", ("discontinued_abroad", "geographic_level"), "sen2_mi",
           "DfE SEN2 management information 2014 to 2022", DFE, _MI, kind="calendar_year"),
)  # fmt: skip
