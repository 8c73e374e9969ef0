"""The part of the suite that follows from the contracts: how many rows each batch lost to them.

A contract types and checks every row as it is read; what breaks it is refused row by row. Here the
batch as a whole is judged: a table that lost many of its rows is no longer the whole it claims.
"""

from __future__ import annotations

from expectations.check import HOLD, WARN, Check
from models.extract import Extract
from models.extracts import EXTRACTS
from models.feeds import FEEDS

LEAST_ACCEPTED = 90
"""Percent of a batch's rows that must be accepted for its figures to be published."""
FEW = 200
"""In a file of fewer rows a few refused ones already weigh too much to hold the figures back."""
MOST_REFUSED = 1
"""Percent of an extract's rows that may be refused before its figures carry a warning."""

_ADDS_NOTHING = """l.rows_accepted = 0 and not l.synthetic and exists (
                select 1 from load s where s.extract = l.extract and s.synthetic
                and s.superseded_by is null and s.period is not distinct from l.period)"""
"""A sample beside a demonstration: none of it was accepted; the figures are the simulated ones."""


def _accepted(contract: type[Extract]) -> Check:
    return Check(
        f"{contract.extract.replace('_', '-')}-accepted",
        contract.extract,
        f"{contract.title}: at least {LEAST_ACCEPTED}% of rows follow the contract",
        HOLD,
        "files that lost more rows",
        FEEDS.get(contract.extract, ()),
        "Put the refused rows right (semh quarantine --csv) and load the file again.",
        contract.owner,
        f"""
        select load_id as item, rows_accepted * 100.0 / rows_read as figure
        from load l where extract = '{contract.extract}' and superseded_by is null
            and rows_read >= {FEW} and not ({_ADDS_NOTHING})
        """,
        LEAST_ACCEPTED,
    )


def _refused(contract: type[Extract]) -> Check:
    return Check(
        f"{contract.extract.replace('_', '-')}-refused",
        contract.extract,
        f"{contract.title}: no more than {MOST_REFUSED}% of rows are refused",
        WARN,
        "files with refused rows",
        FEEDS.get(contract.extract, ()),
        "Hand them back with semh quarantine --csv; each says why and what to do.",
        contract.owner,
        f"""
        select load_id as item, case when rows_quarantined = 0 then 0 else
            sum(rows_quarantined) over () * 100.0 / sum(rows_read) over () end as figure
        from load where extract = '{contract.extract}' and superseded_by is null
        """,
        None,
        MOST_REFUSED,
    )


STRUCTURE = tuple(
    check for contract in EXTRACTS.values() for check in (_accepted(contract), _refused(contract))
)
"""Two checks of each contract."""
