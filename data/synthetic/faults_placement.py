"""Mistakes planted in the registers of disputes and of waits for a place."""

from __future__ import annotations

from data.synthetic.fault import (
    EXTRA_CELL,
    FUTURE,
    MALFORMED,
    MISSING,
    NO_SUCH_DATE,
    REPEATED,
    TOO_SOON,
    UNKNOWN_CODE,
    Fault,
    filled,
)

DISPUTE, WAIT = "placement/dispute.csv", "placement/place_wait.csv"

PLACEMENT = (
    Fault(DISPUTE, "upn", MALFORMED, "NONE YET"),
    Fault(DISPUTE, "kind", UNKNOWN_CODE, "TRIB"),
    Fault(DISPUTE, "about", MISSING, ""),
    Fault(DISPUTE, "registered_date", NO_SUCH_DATE, "2025-04-31"),
    Fault(DISPUTE, "registered_date", FUTURE, "2031-04-30"),
    Fault(DISPUTE, "decided_date", TOO_SOON, "2012-06-01", filled("decided_date")),
    Fault(DISPUTE, "result", UNKNOWN_CODE, "LOST"),
    Fault(DISPUTE, "dispute_id", REPEATED, ""),
    Fault(WAIT, "asked_date", MISSING, ""),
    Fault(WAIT, "asked_date", NO_SUCH_DATE, "2024-06-31"),
    Fault(WAIT, "placed_date", TOO_SOON, "2012-06-01", filled("placed_date")),
    Fault(WAIT, "primary_need", UNKNOWN_CODE, "BESD"),
    Fault(WAIT, "wanted_establishment", UNKNOWN_CODE, "boarding school"),
    Fault(WAIT, "upn", MALFORMED, "unknown"),
    Fault(WAIT, "wait_id", REPEATED, ""),
    Fault(WAIT, "wait_id", EXTRA_CELL, ""),
)
