"""Loading: files in, checked rows in the warehouse, everything accounted for.

One load is one transaction: a delivery is in whole or not at all, and the ledger says which.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from expectations.published import PUBLISHED
from expectations.run import check_batch
from ingest import drift, ledger, periods, raw_lines, refused, staging
from ingest.conform import conform
from ingest.errors import BadFile, no_room
from ingest.intake import Intake, take_in
from ingest.linkage.keep import refresh_links
from ingest.linkage.store import sweep as sweep_linkage
from ingest.other_files import load_others
from ingest.pseudonyms import use_pseudonyms
from ingest.source import Part
from ingest.workbench import Workbench, open_workbench
from models.errors import SemhError
from models.extract import Extract
from models.extracts import EXTRACTS
from models.ledger import LoadRow
from models.progress import Progress, quiet
from models.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LoadReport:
    """What a load did: ledger rows written, and files it could not use, each with why."""

    loads: list[LoadRow] = field(default_factory=list)
    unrecognised: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    """Files loaded before, byte for byte; they changed nothing."""

    @property
    def ok(self) -> bool:
        """Whether every file that was recognised could be used."""
        return not self.failed


def load_paths(settings: Settings, paths: list[Path], *, progress: Progress = quiet) -> LoadReport:
    """Load every extract and published statistic under the paths.

    Folders are walked to the bottom; files are recognised by their columns. Files that are not
    recognised are listed and change nothing.

    Raises SemhError when nothing could be done: another load is running, the folder can't be
    written, or the disk is full. Then the warehouse is as it was.
    """
    with open_workbench(settings) as bench:
        try:
            return _load(bench, [Path(p) for p in paths], progress)
        except (duckdb.Error, OSError) as error:
            # What the database says may quote a row: it is shown only to someone who asks.
            raise _stopped(settings, error) from (error if os.environ.get("SEMH_TRACE") else None)


def _load(bench: Workbench, paths: list[Path], progress: Progress) -> LoadReport:
    use_pseudonyms(bench.con, bench.settings)
    raw_lines.sweep(bench.con, bench.settings)
    progress("Looking at files", 0, 1)
    intake = take_in(bench, paths)
    progress("Looking at files", 1, 1)
    unchanged = _stage_all(bench, intake, progress)
    written: list[Path] = []
    bench.con.execute("begin")
    try:
        loads = _write(bench, intake, written, progress)
        others = load_others(bench, intake.others, progress)
        _check(bench, loads, others.loads, progress)
        bench.con.execute("commit")
    except BaseException:
        _undo(bench, written)
        raise
    with suppress(OSError):  # rows since corrected; what can't go now goes with the next load
        raw_lines.sweep(bench.con, bench.settings)
        sweep_linkage(bench.con, bench.settings)
    return LoadReport(
        loads=loads + others.loads,
        unrecognised=others.unrecognised,
        failed=[(bad.file, str(bad)) for bad in intake.broken] + others.failed,
        unchanged=unchanged + others.unchanged,
    )


def _check(
    bench: Workbench, loads: list[LoadRow], others: list[LoadRow], progress: Progress
) -> None:
    """Run the expectations of what was loaded, with the published figures where some were."""
    extracts = {row.extract for row in loads} | ({PUBLISHED} if others else set())
    if extracts:
        progress("Checking the data as a whole", 0, 1)
        check_batch(bench.con, extracts, bench.stamp)


def _undo(bench: Workbench, written: list[Path]) -> None:
    try:
        bench.con.execute("rollback")
    except duckdb.Error:
        log.warning("The transaction had already ended; the warehouse is as it was.")
    for path in written:
        path.unlink(missing_ok=True)


def _stage_all(bench: Workbench, intake: Intake, progress: Progress) -> list[str]:
    """Stage every candidate; returns names of files that change nothing."""
    if not intake.candidates:
        return intake.repeats
    con = bench.con
    staging.make_tables(con, intake.candidates)
    ledger.list_known(con, {name: c.family for name, c in EXTRACTS.items()})
    _stage_extracts(con, intake, progress)
    staging.count_rejects(con)
    refused.number_lines(con, {c.key: c.source for c in intake.candidates})
    refused.list_rules(con)
    periods.find_periods(con)
    _mark_synthetic(con)
    unchanged = ledger.choose(bench)
    _leave_out_broken(con, intake)
    intake.broken += ledger.refuse_partial(con)
    ledger.name_loads(con, bench.stamp)
    staging.make_views(con)
    return unchanged + intake.repeats


def _stage_extracts(con: duckdb.DuckDBPyConnection, intake: Intake, progress: Progress) -> None:
    by_extract = {
        name: [c for c in intake.candidates if c.contract.extract == name] for name in EXTRACTS
    }
    held = {name: files for name, files in by_extract.items() if files}
    for done, (name, files) in enumerate(held.items()):
        progress(f"Checking {EXTRACTS[name].title}", done, len(held))
        intake.broken += staging.stage(con, files)
    progress("Checking", len(held), len(held))


def _leave_out_broken(con: duckdb.DuckDBPyConnection, intake: Intake) -> None:
    """A census of which one file is broken waits until it is whole."""
    unscanned = [bad.file for bad in intake.broken]
    waiting = {name: "see above" for name in ledger.leave_out(con, unscanned)}
    for part, contract in intake.broken_parts:
        if contract.family in ledger.TOGETHER:
            beside = _of_the_same_period(con, part, contract)
            waiting |= {name: part.name for name in [*beside, *ledger.leave_out(con, beside)]}
    intake.broken += [_waits(name, broken) for name, broken in sorted(waiting.items())]


def _of_the_same_period(
    con: duckdb.DuckDBPyConnection, part: Part, contract: type[Extract]
) -> list[str]:
    """Files of a broken file's family that may be of its period, as far as its name says."""
    period = periods.period_in_name(part.name, contract.family)
    rows = con.execute(
        "select name from staging.files where take and family = ?"
        " and (?::varchar is null or period is null or period = ?)",
        [contract.family, period, period],
    ).fetchall()
    return [name for (name,) in rows]


def _waits(name: str, broken: str) -> BadFile:
    return BadFile(
        name,
        f"a table whose delivery has a broken file, {broken}",
        "a delivery that is whole",
        f"put {broken} right and load the folder again",
    )


def _mark_synthetic(con: duckdb.DuckDBPyConnection) -> None:
    """Invented schools have URNs from 900000; every file of their period is synthetic too."""
    con.execute(
        "update staging.files f set synthetic = true where family || coalesce(period, '') in ("
        "select f.family || coalesce(f.period, '') from staging.sc_schoolcensus s"
        " join staging.files f on f.file = s.file where s.urn >= 900000)"
    )


def _write(
    bench: Workbench, intake: Intake, written: list[Path], progress: Progress
) -> list[LoadRow]:
    """Ledger, facts, refused rows; all inside the caller's transaction."""
    if not intake.candidates:
        return []
    loads = ledger.write_ledger(bench)
    if not loads:
        return []
    steps: Callable[[str], None] = lambda label: progress(label, 0, 1)  # noqa: E731
    conform(bench.con, bench.profile, steps)
    refused.write_quarantine(bench.con)
    drift.write_blanked(bench)
    refresh_links(bench, {row.extract for row in loads}, written, steps)
    written += raw_lines.write_raw_lines(bench, {c.key: c.source for c in intake.candidates})
    progress("Writing", 1, 1)
    return loads


def _stopped(settings: Settings, error: Exception) -> SemhError:
    """Why a load stopped in the middle, without the database's own words: they may quote a row."""
    nothing = "Nothing was loaded; the warehouse is as it was."
    if no_room(error):
        return SemhError(
            f"The disk that holds {settings.home} is full. {nothing}",
            "free some space and load again",
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return SemhError(
            f"The load needs more memory than {settings.memory_limit}. {nothing}",
            "set SEMH_MEMORY_LIMIT higher and load again",
        )
    if isinstance(error, PermissionError):
        return SemhError(
            f"A file in {settings.home} can't be written. {nothing}",
            "give yourself the right to write there and load again",
        )
    return SemhError(
        f"The load stopped at a fault in the program ({type(error).__name__}). {nothing}",
        "report it with the list of files; SEMH_TRACE=1 shows where it was, and may show a value",
    )
