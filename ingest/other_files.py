"""Files that no local contract knows: published statistics, or not recognised at all."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass, field

from ingest.discover import Found
from ingest.published import load_published, why_not
from ingest.published.headlines import load_headlines
from ingest.workbench import Workbench
from models.ledger import LoadRow, record_load
from models.progress import Progress

BROKEN = (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile)


@dataclass
class Others:
    """What became of files that are no local extract."""

    loads: list[LoadRow] = field(default_factory=list)
    unrecognised: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def load_others(bench: Workbench, found: list[tuple[Found, str]], progress: Progress) -> Others:
    """Offer each file to the readers of published statistics; list what none of them knows.

    Runs inside the caller's transaction.
    """
    others = Others()
    for done, (one, why) in enumerate(found):
        progress("Reading published statistics", done, len(found))
        _load_one(bench, one, why, others)
    if found:
        progress("Reading published statistics", len(found), len(found))
    _list_unrecognised(bench, others)
    _stand_in(bench)
    return others


def _stand_in(bench: Workbench) -> None:
    """Typed headline figures, for the series that no published file has been loaded for."""
    row = load_headlines(
        bench.con, stamp=bench.stamp, code_version=bench.code_version, profile=bench.profile
    )
    if row is not None:
        record_load(bench.con, row)


def _load_one(bench: Workbench, one: Found, why: str, others: Others) -> None:
    try:
        if _is_held(bench, one):
            others.unchanged.append(one.name)
            return
        rows = load_published(
            bench.con, one.path, profile=bench.profile, code_version=bench.code_version,
            stamp=bench.stamp,
        )  # fmt: skip
    except BROKEN as error:
        others.failed.append((one.name, f"it can't be read whole ({type(error).__name__})"))
        return
    if rows is None:
        others.unrecognised.append((one.name, why_not(one.path) or why))
        return
    for row in rows:
        record_load(bench.con, row)
        _supersede(bench, row)
    others.loads += rows


def _is_held(bench: Workbench, one: Found) -> bool:
    """Whether the file's bytes were loaded before and no later load has taken their place."""
    with one.path.open("rb") as raw:
        digest = hashlib.file_digest(raw, "sha256").hexdigest()
    return bool(
        bench.con.execute(
            "select 1 from load l left join load n on n.load_id = l.superseded_by"
            " where l.content_hash = ? and (n.load_id is null or n.loaded_at = l.loaded_at)",
            [digest],
        ).fetchall()
    )


def _supersede(bench: Workbench, row: LoadRow) -> None:
    """Mark earlier loads of the same extract that have no figure left standing.

    Published figures are replaced one by one, so an older release goes on standing for the
    periods that a newer one no longer prints.
    """
    bench.con.execute(
        "update load set superseded_by = ? where extract = ? and superseded_by is null"
        " and loaded_at < ? and load_id not in (select load_id from published_statistic)",
        [row.load_id, row.extract, row.loaded_at],
    )


def _list_unrecognised(bench: Workbench, others: Others) -> None:
    for name, why in others.unrecognised:
        bench.con.execute("delete from unrecognised where file = ?", [name])
        bench.con.execute("insert into unrecognised values (?, ?, ?)", [name, why, bench.stamp])
    for row in others.loads:
        bench.con.execute("delete from unrecognised where file = ?", [row.file])
