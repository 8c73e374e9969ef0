"""Published statistics: what the publisher printed and can hardly have meant."""

from __future__ import annotations

from expectations.check import Check, faults

PUBLISHED = "published"
"""The extract that checks of published figures are listed under."""
PUBLISHER = "the council's data team, with the publisher"


def _flagged(check_id: str, kind: str, label: str, action: str) -> Check:
    """Figures of the borough that the reader flagged; `ingest.published.flags` says by what rule.

    The columns are named so that the publisher can be told which figure it is.
    """
    return faults(
        check_id, PUBLISHED, label, "figures", ("published_statistic",), action, PUBLISHER,
        "series || ' ' || category || ' ' || period_label",
        f"published_statistic where area_kind = 'borough' and flag like '%{kind}:%'",
    )  # fmt: skip


PUBLISHED_CHECKS = (
    _flagged("published-jump", "implausible",
             "No published figure of the borough stands five times over, or under, both its"
             " neighbours",
             "Ask the publisher; the figure is kept as printed, and not drawn as a trend."),
    _flagged("published-negative", "negative",
             "No published count or share of the borough is below nought",
             "Ask the publisher; the figure is kept as printed, and not drawn as a trend."),
    _flagged("published-other-scale", "other scale",
             "Published figures of a series are on one scale",
             "Ask the publisher which scale is meant; they are not compared until then."),
)  # fmt: skip
