"""Mistakes planted in the health extracts that are not about a referral or its scores."""

from __future__ import annotations

from data.synthetic.fault import (
    FUTURE,
    IMPOSSIBLE_AGE,
    IMPOSSIBLE_NUMBER,
    MALFORMED,
    MISSING,
    NO_PARENT,
    NO_SUCH_DATE,
    NOT_A_NUMBER,
    REPEATED,
    TOO_SOON,
    Fault,
    filled,
)

PEOPLE, REFERRAL = "mhsds/MHS001MPI.csv", "mhsds/MHS101Referral.csv"
TEAM, ACTIVITY = "mhsds/MHS102ServiceTypeReferredTo.csv", "mhsds/MHS202CareActivity.csv"
MONTHLY = "health/camhs_monthly.csv"

HEALTH = (
    Fault(PEOPLE, "PersonBirthDate", IMPOSSIBLE_AGE, "1931-05-01"),
    Fault(REFERRAL, "ReferralRequestReceivedDate", FUTURE, "2031-01-06"),
    Fault(REFERRAL, "ServDischDate", TOO_SOON, "2001-01-08", filled("ServDischDate")),
    Fault(TEAM, "UniqServReqID", NO_PARENT, "SR-NOT-SENT"),
    Fault(ACTIVITY, "UniqCareActID", REPEATED, ""),
    Fault(ACTIVITY, "UniqCareContID", NO_PARENT, "CC-NOT-SENT"),
    Fault(MONTHLY, "month", NO_SUCH_DATE, "2025-00-01"),
    Fault(MONTHLY, "referrals_received", MISSING, ""),
    Fault(MONTHLY, "waiting", IMPOSSIBLE_NUMBER, "-7"),
    Fault(MONTHLY, "seen", NOT_A_NUMBER, "several"),
    Fault(MONTHLY, "provider_code", MALFORMED, "our service"),
    Fault(MONTHLY, "month", REPEATED, ""),
)
