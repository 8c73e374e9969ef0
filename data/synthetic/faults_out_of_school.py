"""Mistakes planted in the files about children not in school full time."""

from __future__ import annotations

from data.synthetic import fault as of
from data.synthetic.fault import Fault, filled

TIMETABLE = "out_of_school/reduced_timetable.csv"
RETURN = "out_of_school/reduced_timetable_return.csv"
HOME = "out_of_school/ehe.csv"
MISSING_CHILD = "out_of_school/missing_education.csv"

OUT_OF_SCHOOL = (
    Fault(TIMETABLE, "upn", of.MALFORMED, "A12"),
    Fault(TIMETABLE, "urn", of.IMPOSSIBLE_NUMBER, "77"),
    Fault(TIMETABLE, "start_date", of.NO_SUCH_DATE, "2025-02-30"),
    Fault(TIMETABLE, "end_date", of.TOO_SOON, "2011-01-10", filled("end_date")),
    Fault(TIMETABLE, "hours_a_week", of.IMPOSSIBLE_NUMBER, "52"),
    Fault(TIMETABLE, "hours_a_week", of.NOT_A_NUMBER, "mornings only"),
    Fault(TIMETABLE, "reason", of.UNKNOWN_CODE, "TIRED"),
    Fault(TIMETABLE, "timetable_id", of.REPEATED, ""),
    Fault(RETURN, "pupils_on_reduced_timetable", of.NOT_A_NUMBER, "none"),
    Fault(RETURN, "pupils_on_reduced_timetable", of.MISSING, ""),
    Fault(RETURN, "pupils_on_reduced_timetable", of.IMPOSSIBLE_NUMBER, "-1"),
    Fault(RETURN, "month", of.NO_SUCH_DATE, "2025-13-01"),
    Fault(RETURN, "month", of.FUTURE, "2031-03-01"),
    Fault(RETURN, "urn", of.REPEATED, ""),
    Fault(HOME, "dob", of.IMPOSSIBLE_AGE, "1960-05-01"),
    Fault(HOME, "dob", of.FUTURE, "2031-05-01"),
    Fault(HOME, "start_date", of.MISSING, ""),
    Fault(HOME, "end_date", of.TOO_SOON, "2010-02-01", filled("end_date")),
    Fault(HOME, "reason", of.UNKNOWN_CODE, "PANDEMIC"),
    Fault(HOME, "upn", of.MALFORMED, "12345"),
    Fault(HOME, "ehe_id", of.REPEATED, ""),
    Fault(MISSING_CHILD, "start_date", of.NO_SUCH_DATE, "2024-11-31"),
    Fault(MISSING_CHILD, "found_date", of.TOO_SOON, "2010-02-01", filled("found_date")),
    Fault(MISSING_CHILD, "cme_id", of.MISSING, ""),
    Fault(MISSING_CHILD, "cme_id", of.EXTRA_CELL, ""),
)
