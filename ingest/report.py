"""What the ledger says: loads, refused rows and what to do about them. Read only."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TextIO

from ingest.raw_lines import read_raw_lines
from models.cells import tame
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
select q.load_id, q.file, q.line, string_agg(distinct q.field, ', ' order by q.field),
    string_agg(distinct q.reason, '; ' order by q.reason),
    string_agg(distinct q.action, ' ' order by q.action), any_value(q.owner)
from quarantine q join load l on l.load_id = q.load_id
where l.superseded_by is null group by all order by q.file, q.load_id, q.line
"""


def quarantine_summary(settings: Settings) -> Sequence[tuple]:
    """Refused rows by extract, field, reason, action and owner, most first."""
    return _ask(settings, _REFUSED)


def write_quarantine_csv(settings: Settings, out: TextIO) -> int:
    """Write refused rows as CSV for the supplier; returns how many.

    One line for each refused row: file, line, fields, every reason, what to do, owner, and last
    the row's text exactly as it came. The others are words of ours, safe in a spreadsheet; the
    last is the supplier's own and is not changed, so open it as text.

    Raises SemhError when the rows can't be unsealed.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("file", "line", "fields", "reasons", "what to do", "owner", "raw"))
    rows = _ask(settings, _REFUSED_ROWS)
    for load_id, group in groupby(rows, key=itemgetter(0)):
        raw = dict(read_raw_lines(settings, load_id))
        for _, file, line, *words in group:
            writer.writerow((tame(file), line, *map(tame, words), raw.get(line, "")))
    return len(rows)


def _ask(settings: Settings, query: str) -> Sequence[tuple]:
    if not settings.warehouse.is_file():
        return []
    with open_warehouse(settings, read_only=True) as con:
        return con.execute(query).fetchall()
