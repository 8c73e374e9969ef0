"""Attendance, absence, suspension: DfE statistics by kind of need, by provision, and daily.

The column for the phase of school was renamed between releases and its values with it; both
spellings are read as one. The daily files are kept as they stood on their last snapshot.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ingest.published.areas import Areas
from ingest.published.compare import compare_indicators
from ingest.published.ees import ees_areas, ees_periods, melt
from ingest.published.frames import LONG_COLUMNS, META_COLUMNS, Reading, finish
from ingest.published.periods import week_period
from ingest.published.sheets import Sheet

PUBLISHER = "Department for Education"
LONG = (
    "source_domain", "time_period", "send_category", "send_detail_display", "metric", "value",
    "new_la_code",
)  # fmt: skip

PHASE_COLUMNS = ("education_phase", "school_type", "phase")
"""What the phase of school has been called, newest first."""

PHASES = {
    "state-funded primary": "Primary",
    "state-funded secondary": "Secondary",
    "state-funded special": "Special",
    "state-funded ap school": "Alternative provision",
    "pupil referral unit": "Alternative provision",
}
"""Older names of phases to the ones in use; any other is kept as printed."""

TOTALS = ("total", "all schools")

NEEDS = {
    "Social emotional and mental health": "semh",
    "Autistic spectrum disorder": "asd",
    "Speech language and communications needs": "slcn",
    "Moderate learning difficulty": "mld",
    "Specific learning difficulty": "spld",
    "Severe learning difficulty": "sld",
    "Profound and multiple learning difficulty": "pmld",
    "Physical disability": "pd",
    "Hearing impairment": "hi",
    "Visual impairment": "vi",
    "Multi-sensory impairment": "msi",
    "Other difficulty/disability": "oth",
    "No specialist assessment": "nsa",
    "Down Syndrome": "downs",
    "EHC plan": "ehc_plan",
    "SEN support": "sen_support",
    "No SEN": "no_sen",
}

DOMAINS = {
    "attendance_sen": "attendance_by_provision",
    "absence_characteristics": "absence_by_provision",
    "exclusions_characteristics": "exclusions_by_provision",
}

MEASURES = {
    "enrolments_pa_10_exact_percent": ("Persistent absence", "% of pupils"),
    "enrolments_pa_50_exact_percent": ("Severe absence", "% of pupils"),
    "sess_overall_percent": ("Overall absence", "% of sessions"),
    "overall_absence_perc": ("Overall absence", "% of sessions"),
    "sess_authorised_percent": ("Authorised absence", "% of sessions"),
    "authorised_absence_perc": ("Authorised absence", "% of sessions"),
    "sess_unauthorised_percent": ("Unauthorised absence", "% of sessions"),
    "unauthorised_absence_perc": ("Unauthorised absence", "% of sessions"),
    "attendance_perc": ("Attendance", "% of sessions"),
    "illness_perc": ("Absence for illness", "% of sessions"),
    "sess_auth_illness_rate": ("Absence for illness", "% of sessions"),
    "sess_auth_appointments_rate": ("Absence for appointments", "% of sessions"),
    "appointments_perc": ("Absence for appointments", "% of sessions"),
    "sess_auth_excluded_rate": ("Sessions lost to suspension or exclusion", "% of sessions"),
    "auth_excluded_perc": ("Sessions lost to suspension or exclusion", "% of sessions"),
    "sess_auth_temp_reduced_timetable_rate": ("Temporary reduced timetable", "% of sessions"),
    "auth_part_time_perc": ("Temporary reduced timetable", "% of sessions"),
    "susp_rate": ("Suspension rate in the term", "suspensions per 100 pupils"),
    "one_plus_susp_rate": ("Pupils suspended at least once in the term", "% of pupils"),
    "perm_excl_rate": ("Permanent exclusion rate in the term", "exclusions per 100 pupils"),
    "pa_perc": ("Persistent absence", "% of pupils"),
}

DAILY = (
    "attendance_perc", "overall_absence_perc", "unauthorised_absence_perc", "illness_perc",
    "auth_excluded_perc", "auth_part_time_perc", "pa_perc", "enrolments", "num_schools",
)  # fmt: skip
WEEKLY = ("attendance_perc", "overall_absence_perc")
OLDEST_WEEK = pd.Timedelta(days=366)
"""A week printed longer than this before its snapshot is a slip in the year."""

HIGH_IS_GOOD = ("attendance_perc",)


def phase(column: pd.Series) -> pd.Series:
    """Phase names old and new as one; totals as `all`."""
    text = column.astype("str")
    plain = text.str.strip().str.lower()
    return plain.map(PHASES).fillna(text).mask(plain.isin(TOTALS), "all")


def recognise_long(sheet: Sheet) -> bool:
    """Absence by primary need, or by SEN provision, one figure a row."""
    return sheet.has(*LONG) and any(c in sheet.columns for c in PHASE_COLUMNS)


def read_long(sheet: Sheet, areas: Areas) -> Reading:
    """Figures by need or provision for near areas; Compare's and SEMH's totals for every one.

    Pupils without SEN stand twice in the file by provision, once as the rest of those with a
    primary need, a little differently counted: those rows are passed over.
    """
    frame = sheet.read()
    by_need = not frame["send_category"].isin(["EHC plan", "SEN support", "No SEN"]).any()
    rows = frame if by_need else frame[frame["send_detail_display"] != "SEN primary need"]
    long = _long(rows, areas, by_need)
    total = long["breakdown"] == "all"
    semh = long["series"].str.startswith("absence_by_need.semh.")
    phases = semh | ~pd.Series(by_need, index=long.index)
    kept = (
        (long["area_code"].isin(areas.near) & (total | phases))
        | long["area_code"].isna()
        | (total & (semh | long["series"].isin(compare_indicators()["series"])))
    )
    name = "absence_by_need" if by_need else "attendance_by_provision"
    return finish(name, long[kept], _long_meta(long), PUBLISHER, len(frame))


def _long(frame: pd.DataFrame, areas: Areas, by_need: bool) -> pd.DataFrame:
    column = next(c for c in PHASE_COLUMNS if c in frame)
    phases = phase(frame[column])
    family = "absence_by_need" if by_need else frame["source_domain"].astype("str").map(DOMAINS)
    need = frame["send_category"].astype("str").map(NEEDS)
    text = frame.assign(new_la_code=frame["new_la_code"].astype("str"))
    return text.join(areas.by_code(text["new_la_code"])).assign(
        line=frame.index + 2,
        series=family + "." + need + "." + frame["metric"].astype("str"),
        breakdown=np.where(phases == "all", "all", "phase"),
        category=phases,
        period=ees_periods(frame),
        raw=frame["value"].astype("str").replace("nan", ""),
    )[LONG_COLUMNS]


def _long_meta(long: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for series in long["series"].drop_duplicates():
        family, need, metric = series.split(".", 2)
        who = next(words for words, short in NEEDS.items() if short == need)
        words, unit = MEASURES.get(metric, (metric.replace("_", " "), ""))
        polarity = "high" if metric in HIGH_IS_GOOD else "low" if metric in MEASURES else "none"
        source = f"DfE {family.replace('_', ' ')}, by way of the SEND attendance dashboard"
        rows.append((series, f"{words}: {who}", unit, 1, polarity, source, None))
    return pd.DataFrame(rows, columns=META_COLUMNS)


def recognise_daily(sheet: Sheet) -> bool:
    """Daily attendance by authority, in snapshots or as released."""
    return sheet.has("time_period", "attendance_perc", "overall_absence_perc", "geographic_level")


def read_daily(sheet: Sheet, areas: Areas) -> Reading:
    """Daily attendance by year, term or week as it last stood.

    A year that was still running on its last snapshot is a year to date.
    """
    frame = sheet.read()
    rows = frame.join(ees_areas(frame, areas)).assign(line=frame.index + 2)
    rows["category"] = phase(rows[next(c for c in PHASE_COLUMNS if c in rows)])
    rows["breakdown"] = np.where(rows["category"] == "all", "all", "phase")
    rows["period"] = _daily_periods(rows)
    last = rows.sort_values("snapshot_date", kind="stable") if "snapshot_date" in rows else rows
    key = ["area_code", "category", "time_period", "time_identifier"]
    last = last.drop_duplicates(key, keep="last")
    span = _daily_span(frame)
    kept = [m for m in (WEEKLY if span == "week" else DAILY) if m in last]
    long = melt(last, kept, lambda m: f"attendance_daily.{span}.{m}")
    meta = _daily_meta(span, str(last["snapshot_date"].max()) if "snapshot_date" in last else None)
    return finish(f"attendance_daily_{span}", long, meta, PUBLISHER, len(frame))


def _daily_span(frame: pd.DataFrame) -> str:
    """year, week, or the name of the term a file is about."""
    word = str(frame["time_identifier"].iloc[0]).lower().split()[0]
    return {"academic": "year"}.get(word, word)


def _daily_periods(rows: pd.DataFrame) -> pd.Series:
    if _daily_span(rows) != "week":
        return ees_periods(rows)
    pairs = zip(rows["time_period"], rows["time_identifier"], strict=True)
    weeks = pd.Series([week_period(y, w) for y, w in pairs], index=rows.index, dtype=object)
    if "snapshot_date" not in rows:
        return weeks
    starts = pd.to_datetime(weeks.map(lambda w: w and w.start))
    return weeks.where(pd.to_datetime(rows["snapshot_date"]) - starts < OLDEST_WEEK, None)


def _daily_meta(span: str, snapshot: str | None) -> pd.DataFrame:
    words = {"year": "year to date", "week": "week"}.get(span, f"{span} term")
    counts = {"enrolments": "Pupils in schools sharing data", "num_schools": "Schools sharing data"}
    rows = []
    for measure in DAILY:
        title, unit = MEASURES.get(measure, (counts.get(measure, measure), "pupils"))
        polarity = "high" if measure in HIGH_IS_GOOD else "none" if measure in counts else "low"
        decimals = 0 if measure in counts else 1
        source = "DfE pupil attendance in schools (daily data)"
        series = f"attendance_daily.{span}.{measure}"
        rows.append((series, f"{title}, {words}", unit, decimals, polarity, source, snapshot))
    return pd.DataFrame(rows, columns=META_COLUMNS)
