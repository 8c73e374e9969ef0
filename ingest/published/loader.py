"""One file in: its tables recognised, read and written, one ledger line for each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb

from ingest.published.areas import Areas
from ingest.published.frames import Reading
from ingest.published.geography import read_shapes
from ingest.published.readers import PUBLISHED_READERS, Reader
from ingest.published.sheets import Sheet, sheets
from ingest.published.store import write_figures, write_refused
from models.borough import Borough
from models.ledger import LoadRow


def load_published(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    profile: Borough,
    code_version: str,
    stamp: datetime,
) -> list[LoadRow] | None:
    """Load one published file into the warehouse; None where it is not one that is known.

    Figures, refused rows and areas are written to `con`, inside the caller's transaction. The
    ledger is the caller's: one LoadRow is returned for each table in the file, in order. The list
    is empty where the same bytes were loaded before by the same version: nothing changes. A file
    is told by its bytes and columns, never by its name.

    Raises OSError where the file can't be opened and UnreadableFile (a ValueError) where it is
    broken; nothing has been written then.
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    versions = _versions(con, digest)
    if code_version in versions:
        return []
    readings = _read(path, profile)
    rows = [_load(con, reading, path, digest, code_version, stamp) for reading in readings]
    if versions:
        rows = [row for row in rows if row.note != HELD]
    return rows if rows or readings else None


HELD = "Every figure was already held from another file"


class UnreadableFile(ValueError):
    """A file that was recognised, or looked like a table, but could not be read whole."""


def _read(path: Path, profile: Borough) -> list[Reading]:
    """Everything in the file, before anything is written: half a file changes nothing."""
    try:
        return list(_readings(path, profile))
    except OSError:
        raise
    except Exception as error:  # each kind of file breaks in its own way
        raise UnreadableFile(
            f"{path.name} can't be read whole ({type(error).__name__}); get it again and load it"
        ) from error


def _versions(con: duckdb.DuckDBPyConnection, digest: str) -> set[str]:
    """Which versions of the product read these very bytes into loads that are in use."""
    found = con.execute(
        "select distinct code_version from load where content_hash = ? and superseded_by is null",
        [digest],
    ).fetchall()
    return {str(version) for (version,) in found}


def _superseded(con: duckdb.DuckDBPyConnection, reading: Reading) -> str | None:
    """The earlier load of the same table, once none of its figures is in use any more."""
    earlier = con.execute(
        "select load_id from load where extract = ? and superseded_by is null"
        " order by loaded_at desc limit 1",
        [reading.extract],
    ).fetchall()
    used = "select count(*) from published_statistic where load_id = ?"
    if not earlier or con.execute(used, list(earlier[0])).fetchall()[0][0]:
        return None
    return str(earlier[0][0])


def _readings(path: Path, profile: Borough) -> Iterator[Reading]:
    shapes = read_shapes(path)
    if shapes is not None:
        yield shapes
        return
    for sheet in sheets(path):
        reader = _reader(sheet)
        if reader is not None:
            yield reader.read(sheet, Areas(profile))


def _reader(sheet: Sheet) -> Reader | None:
    return next((r for r in PUBLISHED_READERS if r.recognise(sheet)), None)


def _load(
    con: duckdb.DuckDBPyConnection,
    reading: Reading,
    path: Path,
    digest: str,
    code_version: str,
    stamp: datetime,
) -> LoadRow:
    load_id = _load_id(reading, path, digest, stamp)
    file = f"{path.name}/{reading.inner}" if reading.inner else path.name
    written = write_figures(con, reading, load_id)
    write_refused(con, reading.refused, load_id, file)
    if reading.apply is not None:
        reading.apply(con)
    refused = len(reading.refused)
    return LoadRow(
        load_id=load_id,
        file=file,
        content_hash=digest,
        extract=reading.extract,
        period=reading.period,
        rows_read=reading.rows_read,
        rows_accepted=reading.rows_read - refused,
        rows_quarantined=refused,
        supersedes=_superseded(con, reading),
        superseded_by=None,
        loaded_at=stamp,
        code_version=code_version,
        synthetic=False,
        note=_note(reading, written),
    )


def _load_id(reading: Reading, path: Path, digest: str, stamp: datetime) -> str:
    """Readable, and different for each table, file and time."""
    where = hashlib.sha256(f"{path}/{reading.inner}".encode()).hexdigest()[:4]
    return f"{reading.extract}-{digest[:8]}-{where}-{stamp:%Y%m%d%H%M%S}"


def _note(reading: Reading, written: int) -> str:
    if len(reading.figures) and not written:
        return HELD
    return reading.note
