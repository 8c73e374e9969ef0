"""What the ledger says: loads, refused rows and what to do about them. Read only."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from models.extracts import EXTRACTS
from models.settings import Settings
from models.store import open_warehouse


def holds_real_loads(settings: Settings) -> bool:
    """Whether any local extract in the warehouse is real rather than synthetic."""
    real = _ask(
        settings, "select distinct extract from load where not synthetic and rows_accepted > 0"
    )
    return any(extract in EXTRACTS for (extract,) in real)


def summary(settings: Settings) -> list[str]:
    """The state of the warehouse in a few lines of words."""
    loads = _ask(settings, _LOADS)
    if not loads:
        return [f"Nothing is loaded in {settings.home}."]
    lines = [
        f"{extract}: {files:,} files, {read:,} rows read, {accepted:,} accepted,"
        f" {refused:,} refused, last loaded {last:%d %B %Y %H:%M}"
        for extract, files, read, accepted, refused, last in loads
    ]
    missed = _ask(settings, "select file, why from unrecognised order by file")
    return lines + [f"Not recognised: {file}: {why}" for file, why in missed]


_LOADS = """
select extract, count(*), sum(rows_read), sum(rows_accepted), sum(rows_quarantined), max(loaded_at)
from load where superseded_by is null group by extract order by extract
"""

_REFUSED = """
select l.extract, coalesce(q.field, ''), q.reason, q.action, coalesce(q.owner, ''), count(*)
from quarantine q join load l on l.load_id = q.load_id
where l.superseded_by is null
group by all order by 6 desc, 1, 2
"""

_REFUSED_ROWS = """
select q.file, q.line, coalesce(q.field, ''), q.reason, q.action, coalesce(q.owner, '')
from quarantine q join load l on l.load_id = q.load_id
where l.superseded_by is null order by q.file, q.line, q.field
"""


def quarantine_summary(settings: Settings) -> Sequence[tuple]:
    """Refused rows by extract, field, reason, action and owner, most first."""
    return _ask(settings, _REFUSED)


def quarantine_csv(settings: Settings) -> str:
    """Refused rows as CSV for the supplier: file, line and reasons, never a value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("file", "line", "field", "reason", "action", "owner"))
    writer.writerows(_ask(settings, _REFUSED_ROWS))
    return text.getvalue()


def _ask(settings: Settings, query: str) -> Sequence[tuple]:
    if not settings.warehouse.is_file():
        return []
    with open_warehouse(settings, read_only=True) as con:
        return con.execute(query).fetchall()
