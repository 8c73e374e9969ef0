"""Why a published file is not taken up, in words for the person who brought it."""

from __future__ import annotations

from pathlib import Path

from ingest.published.sheets import sheets

HELD = "the same figures are read from a fuller file"

NOT_TAKEN: tuple[tuple[tuple[str, ...], str], ...] = (
    (("lsoa11_code", "IMD_decile"), "deprivation of 2019 by 2011 LSOA; the index of 2025 is used"),
    (("LSOA code (2011)", "LSOA name (2011)"),
     "deprivation of 2019 by 2011 LSOA; the index of 2025 is used"),
    (("lsoa11_code", "lsoa21_code"), "LSOAs of 2011 to 2021; the old ones are not used"),
    (("lsoa11_code", "total_population"), "population by 2011 LSOA; nothing here is counted by it"),
    (("lsoa21_code", "total_residents"), "census of 2021 by LSOA; no page uses it yet"),
    (("lsoa21_code", "total_households"), "census of 2021 by LSOA; no page uses it yet"),
    (("pcds", "oseast1m"), "postcodes; no postcode is kept here"),
    (("URN", "LinkURN"), "links between schools; the school register here is synthetic"),
    (("URN", "SCHNAME"), "a list of real schools; the school register here is synthetic"),
    (("URN", "Inspect Date"), "a list of real schools; the school register here is synthetic"),
    (("URN", "NOR"), "figures about single real schools, which are not shown"),
    (("URN", "PERCTOT"), "figures about single real schools, which are not shown"),
    (("urn", "fsm_prop"), "figures about single real schools, which are not shown"),
    (("PriNOR", "SecNOR"), "the school places scorecard; no page uses it yet"),
    (("nhs_code", "nhs_name"), "a list of NHS areas; data/reference/nhs_areas.csv is used"),
    (("characteristic_desc", "perm_excl"), "England by characteristic to 2016/17; no page uses it"),
    (("school_type", "one_plus_fixed", "headcount"), "England in sum to 2016/17; no page uses it"),
    (("des_med_off", "des_clin_off"), "names of posts, not figures"),
    (("Organisation Name", "Therapy"), "community health waits by provider, not by authority"),
    (("characteristic_age", "num_caseload"), HELD),
    (("new_all_ehc", "% of EHCPs issued within 20 weeks"),
     HELD),
    (("discontinued_schoolage", "discontinued_older"),
     HELD),
    (("SEN provision", "Average progress 8 score"), "attainment; no page uses it yet"),
    (("gld_percentage",), "attainment; no page uses it yet"),
    (("pt_phonics_y1_met_expected_standard",), "attainment; no page uses it yet"),
    (("pt_rwm_met_expected_standard",), "attainment; no page uses it yet"),
    (("destination_raw", "Destination"), "destinations after 16; no page uses it yet"),
    (("social_care_group", "Percentage of children"), HELD),
    (("Total pupils", "Type of AP"), HELD),
    (("Grouped provider type",), HELD),
    (("SEN provision", "total_pupils"), HELD),
    (("Overall effectiveness", "grand_total_schools"), "inspection outcomes; no page uses it yet"),
    (("summary_outcome", "box_colour"), "inspection outcomes; no page uses it yet"),
    (("METRIC", "METRIC_VALUE"), "autism waits; no page uses it yet"),
    (("t_SEMH_ss",), "England by need of children in care; no page uses it yet"),
    (("la_code", "Total DSG allocation (£s)"), HELD),
    (("time_period", "deficit"), HELD),
    (("Absence measure", "characteristic"), "absence by SEN is read from the attendance files"),
)  # fmt: skip
"""Columns that tell a file that is known but left out, and why."""

MAPS = (".topojson", ".geojson")


def why_not(path: Path) -> str:
    """Why `load_published` returned None for a file: never an error, always words."""
    try:
        tables = list(sheets(path))
    except Exception as error:  # any reader may fail on a broken file, and each in its own way
        return f"it could not be read as a table ({type(error).__name__})"
    for sheet in tables:
        for columns, reason in NOT_TAKEN:
            if sheet.has(*columns):
                return reason
    if path.suffix in MAPS:
        return (
            "an outline that is not drawn; wards, LSOAs of 2021 and authorities are, from GeoJSON"
        )
    if path.suffix in (".xlsx", ".ods"):
        return "a workbook laid out for reading, of a layout that is not known"
    return "its columns are not those of any layout that is known" if tables else "not a table"
