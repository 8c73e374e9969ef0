"""Publishing: from measured figures to one immutable snapshot that goes live in one step.

The snapshot is written under a name no reader looks at, protected, checked and attacked there,
forced to the disk, and only then named and pointed to. Whatever happens before the last step, what
was live stays live.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from metrics.catalogue import MetricFile, load_catalogue
from metrics.judged import judged_tables
from models.borough import Borough
from models.observation import Tier
from models.progress import Progress, quiet
from models.settings import Settings
from models.snapshot import TABLES
from models.store import open_warehouse
from publish.again import neighbours
from publish.ahead import protect_outlook
from publish.audit import AuditReport, audit_file
from publish.before import READER, SEEN, national, only_equal, seen_in, union
from publish.check import check_kept, check_tables, content_hash, info_of, readable, table_hashes
from publish.errors import PublishError, could_not_write, is_write_failure
from publish.gather import describe, gather, largest
from publish.held import refuse_held
from publish.lock import publish_lock
from publish.marks import add_marks
from publish.outlook import gather_outlook
from publish.pointer import created_of, files, live_id, named, new_id, swap, sync
from publish.protect import protect
from publish.revised import first_published

_UNFINISHED = ".building-"
_STEPS = 6
_TRIES = 3
"""Times figures are protected before an attack that succeeds refuses them."""
_BLOCK = "16384"
"""The smallest block DuckDB has: a snapshot has many small tables."""


@dataclass(frozen=True)
class Published:
    """A snapshot in the history: its id, when it was made (UTC), and whether it is live."""

    snapshot_id: str
    created: datetime
    live: bool


def publish(settings: Settings, *, progress: Progress = quiet) -> str:
    """Protect the measured figures, write a snapshot and make it live; returns its id.

    Raises SemhError (PublishError) with what to do when there is nothing to publish, a failed check
    holds the figures back, the disk is full or not ours, another publish runs, or the audit finds
    that a hidden figure can be worked out. In every such case, and when the process is killed, what
    was live stays live.
    """
    with _publishing(settings):
        besides = pd.DataFrame(columns=SEEN)
        for last in [False] * (_TRIES - 1) + [True]:
            progress("Reading the warehouse", 0, _STEPS)
            tables, info = _content(settings, progress, besides)
            progress("Writing the snapshot", 3, _STEPS)
            with _unfinished(settings.published) as path:
                digest = _write(path, tables, info)
                progress("Attacking the snapshot", 4, _STEPS)
                report = audit_file(path, settings.profile, _seen(settings))
                more = neighbours(tables["observation"], pd.concat(report.told))
                if not (report.ok or last or more.empty):
                    besides = union([besides, more])
                    continue
                _refuse_leaks(report)
                snapshot_id = _finish(path, settings, digest, report)
                break
        progress("Going live", _STEPS, _STEPS)
    return snapshot_id


def rollback(settings: Settings) -> str:
    """Make the snapshot that was live before this one live again; returns its id.

    Raises PublishError when there is none that can be read; what is live then stays live.
    """
    with _publishing(settings):
        live = live_id(settings.current)
        for path in _earlier(settings, live):
            if readable(path):
                swap(settings.current, path.stem)
                return path.stem
    raise PublishError(
        "There is no earlier snapshot to return to. What is live still is.",
        "run semh publish to make a new one",
    )


def withdraw(settings: Settings, name: str) -> str:
    """Delete a snapshot that is not live, by its id or the beginning of it; returns its id.

    What readers saw of it can't be called back, but nobody new can read it, and what is published
    next is not held to it. Raises PublishError when it is live or there is no such snapshot.
    """
    with _publishing(settings):
        path = named(settings, name)
        if path.stem == live_id(settings.current):
            raise PublishError(
                f"Snapshot {path.stem} is live, so it was not withdrawn.",
                "run semh publish to replace it, or semh publish --rollback, then withdraw it",
            )
        path.unlink()
        sync(settings.published)
        return path.stem


def history(settings: Settings) -> list[Published]:
    """Every snapshot there is, newest first."""
    live = live_id(settings.current)
    return [Published(p.stem, created_of(p), p.stem == live) for p in files(settings.published)]


@contextmanager
def _publishing(settings: Settings) -> Iterator[None]:
    try:
        settings.published.mkdir(parents=True, exist_ok=True)
        with publish_lock(settings.published):
            yield
    except OSError as error:
        raise could_not_write(settings.published, error) from error


def _content(
    settings: Settings, progress: Progress, besides: pd.DataFrame
) -> tuple[dict[str, Any], dict[str, str]]:
    """The tables and `info` of a snapshot; `besides` are figures to withhold in any case (SEEN)."""
    catalogue = load_catalogue()
    profile = settings.profile
    with open_warehouse(settings, read_only=True) as con:
        refuse_held(con)
        tables = gather(con, catalogue, profile) | gather_outlook(con)
        sums = largest(con)
    progress("Protecting small numbers", 1, _STEPS)
    metrics = {file.metric.id: file.metric for file in catalogue}
    known = union([seen_in(_seen(settings)), _printed(tables, catalogue, profile), besides])
    protected = protect(tables["observation"], metrics, tables["area"], profile, known, sums)
    before = first_published(_seen(settings), READER)
    tables["observation"] = add_marks(protected.observations, metrics, before)
    tables |= protect_outlook(tables)
    tables["area"] = tables["area"].drop(columns="grouping")
    # From protected figures only, so that no mean or limit tells of a hidden one.
    for_all = tables["observation"]["tier"].ne(Tier.RESTRICTED)
    tables |= judged_tables(
        tables["observation"][for_all], metrics, tables["area"], profile.targets
    )
    return tables, describe(tables, profile, protected.not_published)


def _seen(settings: Settings) -> list[Path]:
    """Releases that readers have or had before them, newest first."""
    return [path for path in files(settings.published) if readable(path)]


def _printed(tables: dict[str, Any], catalogue: list[MetricFile], profile: Borough) -> pd.DataFrame:
    """Our own counts that national statistics print, too."""
    documents = [file.document() for file in catalogue]
    published = tables["published"].to_pandas()
    dates = {name: pd.to_datetime(published[name]) for name in ("period_start", "period_end")}
    return only_equal(
        tables["observation"], national(published.assign(**dates), documents, profile)
    )


@contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """A name for the file being written; whatever is left under such names is cleared away."""
    for old in folder.glob(f"{_UNFINISHED}*"):
        old.unlink(missing_ok=True)
    path = folder / f"{_UNFINISHED}{os.getpid()}.duckdb"
    try:
        yield path
    except duckdb.Error as error:
        if not is_write_failure(error):
            raise
        raise could_not_write(path.parent, error) from error
    finally:
        for left in folder.glob(f"{_UNFINISHED}*"):
            with suppress(OSError):
                left.unlink(missing_ok=True)


@contextmanager
def _writing(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """One transaction on the file, all of it in the file itself at the end.

    Closing a database keeps quiet about a full disk; only an explicit checkpoint tells.
    """
    con = duckdb.connect(str(path), config={"default_block_size": _BLOCK})
    try:
        con.begin()
        yield con
        con.commit()
        con.execute("checkpoint")
    finally:
        con.close()


def _write(path: Path, tables: dict[str, Any], info: dict[str, str]) -> str:
    """Fill and check the file; returns the hash of its content."""
    with _writing(path) as con:
        for statement in TABLES:
            con.execute(statement)
        for name, rows in tables.items():
            con.register("incoming", rows)
            con.execute(f"insert into {name} by name select * from incoming order by all")
            con.unregister("incoming")
        con.executemany("insert into info values (?, ?)", list(info.items()))
        check_tables(con)
        return content_hash(con)


def _finish(path: Path, settings: Settings, digest: str, report: AuditReport) -> str:
    """Name the file, force it to the disk, see that it is all there, and point to it."""
    made = datetime.now(UTC)
    snapshot_id = new_id(made, digest)
    own = {
        "snapshot_id": snapshot_id,
        "created_at": made.isoformat(timespec="seconds"),
        "content_hash": digest,
        "follows": live_id(settings.current) or "",
        "audit": json.dumps(report.summary(), sort_keys=True),
    }
    with _writing(path) as con:
        own["table_hashes"] = json.dumps(table_hashes(con), sort_keys=True)
        con.executemany("insert into info values (?, ?)", list(own.items()))
    sync(path)
    check_kept(path, digest)
    os.replace(path, settings.published / f"{snapshot_id}.duckdb")
    sync(settings.published)
    swap(settings.current, snapshot_id)
    return snapshot_id


def _refuse_leaks(report: AuditReport) -> None:
    if not report.ok:
        raise PublishError(
            f"The audit refused this snapshot: {'; '.join(report.failures[:3])}."
            " What was live still is.",
            "drop a breakdown in the metric named, or, where an earlier release is named or what"
            " was known before, withdraw it (semh publish --list, semh publish --withdraw ID); then"
            " run semh publish again",
        )


def _earlier(settings: Settings, live: str | None) -> Iterator[Path]:
    """Snapshots to return to, best first: the one the live one replaced, then older ones."""
    found = files(settings.published)
    names = [p.stem for p in found]
    position = names.index(live) if live in names else -1
    follows = info_of(found[position], "follows") if live in names else None
    yield from (p for p in found if p.stem == follows and p.stem != live)
    yield from found[position + 1 :]
