"""Opening the warehouse: one way, with its limits, and plain words when it is busy or absent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from models.errors import SemhError
from models.schema import bring_up, is_current
from models.settings import Settings


@contextmanager
def open_warehouse(
    settings: Settings, *, read_only: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the person-level store for a pipeline, and close it whatever happens.

    One that an older program made is brought up to the present tables first.

    Raises SemhError when there is no warehouse yet, another job has it open, or it is of a version
    that can't be brought up.
    """
    if not settings.warehouse.is_file():
        raise SemhError(
            f"There is no warehouse in {settings.home}.",
            "run semh load PATH with your extracts, or semh demo to try the synthetic borough",
        )
    with owner_only(settings.warehouse):
        con = _connect_current(settings, read_only)
        try:
            con.execute(f"set memory_limit = '{settings.memory_limit}'")
            con.execute(f"set threads = {settings.threads}")
            yield con
        finally:
            con.close()


@contextmanager
def owner_only(warehouse: Path) -> Iterator[None]:
    """Keep the person-level store, and the log DuckDB writes beside it, to their owner."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
        with suppress(OSError):  # another's file, or none
            warehouse.chmod(0o600)


def _connect_current(settings: Settings, read_only: bool) -> duckdb.DuckDBPyConnection:
    con = _connect(settings, read_only)
    try:
        current = is_current(con)
        if not current and read_only:
            con.close()
            con = _connect(settings, False)
        if not current:
            bring_up(con)
            if read_only:
                con.close()
                con = _connect(settings, True)
    except BaseException:
        con.close()
        raise
    return con


def _connect(settings: Settings, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(settings.warehouse), read_only=read_only)
    except duckdb.IOException as busy:
        raise SemhError(
            f"The warehouse in {settings.home} is in use or cannot be read.",
            "wait for the other semh job to end, or check the folder's rights and free space",
        ) from busy
