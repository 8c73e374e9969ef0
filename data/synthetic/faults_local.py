"""Mistakes planted in the council's own records."""

from __future__ import annotations

from data.synthetic import candidates
from data.synthetic.fault import (
    FUTURE,
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

PANEL, RETURNS = "local/panel_cases.csv", "local/data_returns.csv"
REGISTER, GIVEN = "local/intervention_register.csv", "local/interventions_delivered.csv"
TRAINING, STAFF = "local/training_attendance.csv", "local/staff_survey.csv"
POSTS, VOICE = "local/workforce_in_post.csv", "local/voice_survey.csv"
LINES, BALANCE = "finance/budget_lines.csv", "finance/dsg_balance.csv"
SCHEMES = "finance/capital_schemes.csv"
CANDIDATES = "finance/candidate_schemes.csv"

LOCAL = (
    Fault(PANEL, "upn", MALFORMED, "12345"),
    Fault(PANEL, "panel", UNKNOWN_CODE, "tea party"),
    Fault(PANEL, "received_date", NO_SUCH_DATE, "2025-02-30"),
    Fault(PANEL, "received_date", FUTURE, "2031-02-03"),
    Fault(PANEL, "decided_date", TOO_SOON, "2016-01-11", filled("decided_date")),
    Fault(PANEL, "urn_from", IMPOSSIBLE_NUMBER, "12"),
    Fault(PANEL, "case_id", REPEATED, ""),
    Fault(RETURNS, "due_date", MISSING, ""),
    Fault(RETURNS, "dataset", UNKNOWN_CODE, "everything"),
    Fault(GIVEN, "upn", MISSING, ""),
    Fault(GIVEN, "start_date", NO_SUCH_DATE, "2025-13-01"),
    Fault(GIVEN, "end_date", TOO_SOON, "2016-02-01", filled("end_date")),
    Fault(GIVEN, "cost", NOT_A_NUMBER, "see invoice"),
    Fault(GIVEN, "score_before", IMPOSSIBLE_NUMBER, "-4"),
    Fault(GIVEN, "setting", UNKNOWN_CODE, "the park"),
    Fault(GIVEN, "delivery_id", REPEATED, ""),
    Fault(REGISTER, "intervention_id", REPEATED, ""),
    Fault(TRAINING, "attended", NOT_A_NUMBER, "most"),
    Fault(TRAINING, "eligible", IMPOSSIBLE_NUMBER, "-6"),
    Fault(TRAINING, "course", UNKNOWN_CODE, "first aid"),
    Fault(TRAINING, "urn", REPEATED, ""),
    Fault(STAFF, "answers", MISSING, ""),
    Fault(STAFF, "answer", UNKNOWN_CODE, "yes"),
    Fault(STAFF, "on_date", FUTURE, "2031-03-14"),
    Fault(POSTS, "in_post_fte", NOT_A_NUMBER, "eight"),
    Fault(POSTS, "establishment_fte", IMPOSSIBLE_NUMBER, "-2"),
    Fault(VOICE, "answers", NOT_A_NUMBER, "lots"),
    Fault(VOICE, "audience", UNKNOWN_CODE, "neighbours"),
    Fault(VOICE, "answer_id", REPEATED, ""),
    Fault(LINES, "line", UNKNOWN_CODE, "9.9.9"),
    Fault(LINES, "forecast_outturn", NOT_A_NUMBER, "tbc"),
    Fault(LINES, "line", REPEATED, ""),
    Fault(BALANCE, "financial_year", REPEATED, ""),
    Fault(SCHEMES, "scheme_id", REPEATED, ""),
    Fault(CANDIDATES, "opening_date", TOO_SOON, "2016-09-01",
          lambda row: row["scheme_id"] == candidates.OPENS_TOO_SOON),
    Fault(CANDIDATES, "capital_cost", IMPOSSIBLE_NUMBER, "-450000",
          lambda row: row["scheme_id"] == candidates.COSTS_LESS_THAN_NOTHING),
)  # fmt: skip
