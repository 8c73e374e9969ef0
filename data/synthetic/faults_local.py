"""Mistakes planted in the council's own records."""

from __future__ import annotations

from data.synthetic import candidates
from data.synthetic import fault as of
from data.synthetic.fault import Fault, filled

PANEL, RETURNS = "local/panel_cases.csv", "local/data_returns.csv"
REGISTER, GIVEN = "local/intervention_register.csv", "local/interventions_delivered.csv"
TRAINING, STAFF = "local/training_attendance.csv", "local/staff_survey.csv"
POSTS, VOICE = "local/workforce_in_post.csv", "local/voice_survey.csv"
LINES, BALANCE = "finance/budget_lines.csv", "finance/dsg_balance.csv"
SCHEMES = "finance/capital_schemes.csv"
CANDIDATES = "finance/candidate_schemes.csv"

LOCAL = (
    Fault(PANEL, "upn", of.MALFORMED, "12345"),
    Fault(PANEL, "panel", of.UNKNOWN_CODE, "tea party"),
    Fault(PANEL, "received_date", of.NO_SUCH_DATE, "2025-02-30"),
    Fault(PANEL, "received_date", of.FUTURE, "2031-02-03"),
    Fault(PANEL, "decided_date", of.TOO_SOON, "2016-01-11", filled("decided_date")),
    Fault(PANEL, "urn_from", of.IMPOSSIBLE_NUMBER, "12"),
    Fault(PANEL, "case_id", of.REPEATED, ""),
    Fault(RETURNS, "due_date", of.MISSING, ""),
    Fault(RETURNS, "dataset", of.UNKNOWN_CODE, "everything"),
    Fault(GIVEN, "upn", of.MISSING, ""),
    Fault(GIVEN, "start_date", of.NO_SUCH_DATE, "2025-13-01"),
    Fault(GIVEN, "end_date", of.TOO_SOON, "2016-02-01", filled("end_date")),
    Fault(GIVEN, "cost", of.NOT_A_NUMBER, "see invoice"),
    Fault(GIVEN, "score_before", of.IMPOSSIBLE_NUMBER, "-4"),
    Fault(GIVEN, "setting", of.UNKNOWN_CODE, "the park"),
    Fault(GIVEN, "delivery_id", of.REPEATED, ""),
    Fault(REGISTER, "intervention_id", of.REPEATED, ""),
    Fault(TRAINING, "attended", of.NOT_A_NUMBER, "most"),
    Fault(TRAINING, "eligible", of.IMPOSSIBLE_NUMBER, "-6"),
    Fault(TRAINING, "course", of.UNKNOWN_CODE, "first aid"),
    Fault(TRAINING, "urn", of.REPEATED, ""),
    Fault(STAFF, "answers", of.MISSING, ""),
    Fault(STAFF, "answer", of.UNKNOWN_CODE, "yes"),
    Fault(STAFF, "on_date", of.FUTURE, "2031-03-14"),
    Fault(POSTS, "in_post_fte", of.NOT_A_NUMBER, "eight"),
    Fault(POSTS, "establishment_fte", of.IMPOSSIBLE_NUMBER, "-2"),
    Fault(VOICE, "answers", of.NOT_A_NUMBER, "lots"),
    Fault(VOICE, "audience", of.UNKNOWN_CODE, "neighbours"),
    Fault(VOICE, "answer_id", of.REPEATED, ""),
    Fault(LINES, "line", of.UNKNOWN_CODE, "9.9.9"),
    Fault(LINES, "forecast_outturn", of.NOT_A_NUMBER, "tbc"),
    Fault(LINES, "line", of.REPEATED, ""),
    Fault(BALANCE, "financial_year", of.REPEATED, ""),
    Fault(SCHEMES, "scheme_id", of.REPEATED, ""),
    Fault(CANDIDATES, "opening_date", of.TOO_SOON, "2016-09-01",
          lambda row: row["scheme_id"] == candidates.OPENS_TOO_SOON),
    Fault(CANDIDATES, "capital_cost", of.IMPOSSIBLE_NUMBER, "-450000",
          lambda row: row["scheme_id"] == candidates.COSTS_LESS_THAN_NOTHING),
)  # fmt: skip
