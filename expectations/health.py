"""Mental health data set: rows that other tables don't know, and days in the wrong order."""

from __future__ import annotations

from expectations.check import PROVIDER, faults

HEALTH = (
    faults("contact-without-referral", "mhs201", "Every contact is of a referral that is known",
           "contacts", ("contact",),
           "Send the referral table of the same submission again with the contacts.", PROVIDER,
           "contact_id",
           "live_contact where referral_id not in (select referral_id from live_referral)"),
    faults("contact-before-referral", "mhs201", "No contact is before its referral", "contacts",
           ("contact", "referral"), "Correct the day of the contact or of the referral.", PROVIDER,
           "c.contact_id",
           "live_contact c join live_referral r using (referral_id)"
           " where c.contact_date < r.received_date"),
    faults("discharged-before-received", "mhs101", "No referral is closed before it is received",
           "referrals", ("referral",), "Correct the day received or the day closed.", PROVIDER,
           "referral_id", "live_referral where discharge_date < received_date"),
    faults("score-without-referral", "mhs606", "Every score is of a referral that is known",
           "scores", ("outcome_score",),
           "Send the referral table of the same submission again with the scores.", PROVIDER,
           "score_id",
           "live_outcome_score where referral_id not in (select referral_id from live_referral)"),
)  # fmt: skip
