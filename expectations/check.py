"""One expectation of a batch: which extract, what in words, the frame, the range, what to do.

A check's query yields a small frame, one row per thing checked, with `item` (what the row is about)
and `figure`, and says in which range `figure` should lie. A query of single faults yields those
rows alone, with nothing allowed. Severity *hold* keeps figures from being published until someone
has accepted it; *warn* rides along to every figure of the facts named.
"""

from __future__ import annotations

from dataclasses import dataclass

SEND_TEAM = "the SEND team, who hold the SEN2 return"
DATA_TEAM = "the council's data team"
COMMISSIONERS = "the SEND commissioning team"
PROVIDER = "the mental-health provider's information team"
HOLD, WARN = "hold", "warn"


@dataclass(frozen=True)
class Check:
    """One expectation. `check_id` is what `semh accept` takes."""

    check_id: str
    extract: str
    label: str
    severity: str
    unit: str
    """What a failing row of the frame is."""
    facts: tuple[str, ...]
    """Fact tables whose figures it speaks of."""
    action: str
    owner: str
    sql: str
    """Over the warehouse, or `staging.ready` where `staged`; columns `item` and `figure`."""
    lowest: float | None = None
    highest: float | None = None
    staged: bool = False
    """Whether it looks at the rows of this batch as they were staged, identifiers and all."""


def faults(
    check_id: str, extract: str, label: str, unit: str, facts: tuple[str, ...], action: str,
    owner: str, item: str, rows: str, *, staged: bool = False, severity: str = WARN,
) -> Check:  # fmt: skip
    """A check that nothing of a kind is there: `item` names each thing, `rows` finds them."""
    sql = f"select {item} as item, 1.0 as figure from {rows}"
    return Check(
        check_id, extract, label, severity, unit, facts, action, owner, sql, None, 0, staged
    )
