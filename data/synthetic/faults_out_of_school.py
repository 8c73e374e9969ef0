"""Mistakes planted in the files about children not in school full time."""

from __future__ import annotations

from data.synthetic.fault import (
    EXTRA_CELL,
    FUTURE,
    IMPOSSIBLE_AGE,
    IMPOSSIBLE_NUMBER,
    MALFORMED,
    MISSING,
    NO_SUCH_DATE,
    NOT_A_NUMBER,
    REPEATED,
    TOO_SOON,
    UNKNOWN_CODE,
    Fault,
    filled,
)

TIMETABLE = "out_of_school/reduced_timetable.csv"
RETURN = "out_of_school/reduced_timetable_return.csv"
HOME = "out_of_school/ehe.csv"
MISSING_CHILD = "out_of_school/missing_education.csv"

OUT_OF_SCHOOL = (
    Fault(TIMETABLE, "upn", MALFORMED, "A12"),
    Fault(TIMETABLE, "urn", IMPOSSIBLE_NUMBER, "77"),
    Fault(TIMETABLE, "start_date", NO_SUCH_DATE, "2025-02-30"),
    Fault(TIMETABLE, "end_date", TOO_SOON, "2011-01-10", filled("end_date")),
    Fault(TIMETABLE, "hours_a_week", IMPOSSIBLE_NUMBER, "52"),
    Fault(TIMETABLE, "hours_a_week", NOT_A_NUMBER, "mornings only"),
    Fault(TIMETABLE, "reason", UNKNOWN_CODE, "TIRED"),
    Fault(TIMETABLE, "timetable_id", REPEATED, ""),
    Fault(RETURN, "pupils_on_reduced_timetable", NOT_A_NUMBER, "none"),
    Fault(RETURN, "pupils_on_reduced_timetable", MISSING, ""),
    Fault(RETURN, "pupils_on_reduced_timetable", IMPOSSIBLE_NUMBER, "-1"),
    Fault(RETURN, "month", NO_SUCH_DATE, "2025-13-01"),
    Fault(RETURN, "month", FUTURE, "2031-03-01"),
    Fault(RETURN, "urn", REPEATED, ""),
    Fault(HOME, "dob", IMPOSSIBLE_AGE, "1960-05-01"),
    Fault(HOME, "dob", FUTURE, "2031-05-01"),
    Fault(HOME, "start_date", MISSING, ""),
    Fault(HOME, "end_date", TOO_SOON, "2010-02-01", filled("end_date")),
    Fault(HOME, "reason", UNKNOWN_CODE, "PANDEMIC"),
    Fault(HOME, "upn", MALFORMED, "12345"),
    Fault(HOME, "ehe_id", REPEATED, ""),
    Fault(MISSING_CHILD, "start_date", NO_SUCH_DATE, "2024-11-31"),
    Fault(MISSING_CHILD, "found_date", TOO_SOON, "2010-02-01", filled("found_date")),
    Fault(MISSING_CHILD, "cme_id", MISSING, ""),
    Fault(MISSING_CHILD, "cme_id", EXTRA_CELL, ""),
)
