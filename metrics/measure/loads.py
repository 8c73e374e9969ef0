"""Which loads stand behind a metric, and whether a source has any."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

LATEST = {
    "pupil_census": "census_date",
    "ehc_plan": "snapshot_date",
    "suspension": "start_date",
    "contact": "contact_date",
    "referral": "received_date",
    "attendance": "term_end",
}
"""Where to look for the latest day the warehouse knows."""


def has_rows(con: Any, fact: str) -> bool:
    """Whether any current load has a row of a fact."""
    return bool(con.execute(f"select 1 from live_{fact} limit 1").fetchall())


def loads_of(con: Any, fact: str) -> list[tuple[str, str]]:
    """The loads behind a fact: id and extract of each."""
    found: list[tuple[str, str]] = con.execute(
        f"select l.load_id, l.extract from load l join (select distinct load_id from live_{fact}) u"
        " on u.load_id = l.load_id"
    ).fetchall()
    return found


def in_few_words(loads: Iterable[list[tuple[str, str]]]) -> str:
    """The loads behind some facts in few characters: extracts, how many, and a fingerprint.

    The same loads always give the same text; one more or another load gives another.
    """
    each = sorted({load for fact in loads for load in fact})
    fingerprint = hashlib.sha256("\n".join(name for name, _ in each).encode()).hexdigest()[:12]
    counts = Counter(extract for _, extract in each)
    listed = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    return f"{listed} [{fingerprint}]"


def latest_day(con: Any) -> date:
    """The latest day any fact knows; the first day of 2025 in an empty warehouse."""
    union = " union all ".join(
        f"select max({column}) as day from live_{fact}" for fact, column in LATEST.items()
    )
    (day,) = con.execute(f"select max(day) from ({union}) known").fetchall()[0]
    return day or date(2025, 1, 1)
