"""The one connection of a load: the warehouse, and a staging area that is only in memory.

Identifiers live only in the staging area. What does not fit in memory is spilled, encrypted, to
the run's scratch folder, which only the owner can read and which goes when the run ends.
"""

from __future__ import annotations

import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

import duckdb

from models.borough import Borough
from models.errors import SemhError
from models.schema import bring_up
from models.settings import Settings
from models.store import owner_only

_BUSY = threading.Lock()
"""Two loads in one process would share DuckDB's file lock, so they need their own."""


@dataclass(frozen=True)
class Workbench:
    """What every step of a load works with."""

    con: duckdb.DuckDBPyConnection
    settings: Settings
    scratch: Path
    stamp: datetime
    code_version: str

    @property
    def profile(self) -> Borough:
        """The borough's profile."""
        return self.settings.profile


@contextmanager
def open_workbench(settings: Settings) -> Iterator[Workbench]:
    """Open the warehouse for writing, with a scratch folder that goes whatever happens.

    Raises SemhError when another load is running or the folder can't be written.
    """
    if not _BUSY.acquire(blocking=False):
        raise _in_use(settings)
    try:
        home = _owner_only(settings.home)
        with owner_only(settings.warehouse):
            yield from _bench(settings, home)
    finally:
        _BUSY.release()


def _bench(settings: Settings, home: Path) -> Iterator[Workbench]:
    con = _connect(settings, home)
    scratch_root = home / "scratch"
    try:
        # No other load can be running, so what is left there is from one that was killed.
        shutil.rmtree(scratch_root, ignore_errors=True)
        scratch = _owner_only(scratch_root) / secrets.token_hex(4)
        scratch.mkdir(mode=0o700)
        _prepare(con, settings, scratch)
        yield Workbench(con, settings, scratch, datetime.now(), code_version())
    finally:
        con.close()
        shutil.rmtree(scratch_root, ignore_errors=True)


def _owner_only(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SemhError(
            f"The folder {folder} can't be made: {error.strerror}.",
            "set SEMH_HOME to a folder you may write to",
        ) from error
    return folder


def _connect(settings: Settings, home: Path) -> duckdb.DuckDBPyConnection:
    if not os.access(home, os.W_OK):
        raise SemhError(
            f"The folder {home} can't be written to.",
            "give yourself the right to write there, or set SEMH_HOME to another folder",
        )
    try:
        return duckdb.connect(str(settings.warehouse))
    except duckdb.IOException as error:
        if "lock" in str(error).lower() or "being used" in str(error).lower():
            raise _in_use(settings) from error
        raise SemhError(
            f"The warehouse {settings.warehouse} can't be opened; it may be damaged.",
            "check the folder's rights and free space; keep the file and restore it from a copy"
            " if it is damaged",
        ) from error


def _in_use(settings: Settings) -> SemhError:
    return SemhError(
        f"Another job is using the warehouse in {settings.home}; this load was not started"
        " and nothing was changed.",
        "wait until it has ended, then load again",
    )


def _prepare(con: duckdb.DuckDBPyConnection, settings: Settings, scratch: Path) -> None:
    folder = scratch.as_posix().replace("'", "''")
    con.execute(f"set temp_directory = '{folder}'")
    con.execute("set temp_file_encryption = true")
    # Without it a load larger than memory stops: DuckDB alone has no strong source of keys. So the
    # scratch folder is guarded by its rights and by going when the run ends, not by this alone.
    con.execute("set force_mbedtls_unsafe = 'true'")
    con.execute("set autoinstall_known_extensions = false")
    con.execute(f"set memory_limit = '{settings.memory_limit}'")
    con.execute(f"set threads = {settings.threads}")
    bring_up(con)
    con.execute("attach ':memory:' as staging")


def code_version() -> str:
    """The installed version of this code."""
    try:
        return metadata.version("semh")
    except metadata.PackageNotFoundError:
        return "not installed"
