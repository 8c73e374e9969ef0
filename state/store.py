"""The store of what people write: SQLite in SEMH_HOME, or any database its URL names.

It holds no figure and nothing about a child: only what readers name and when.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.schema import CreateTable

from models.errors import SemhError
from models.settings import Settings

MOST_NAME = 60
META = sa.MetaData()
SCENARIO = sa.Table(
    "scenario", META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(MOST_NAME), nullable=False, unique=True),
    sa.Column("path", sa.String(60), nullable=False),
    sa.Column("search", sa.String(2_000), nullable=False),
    sa.Column("saved_by", sa.String(60), nullable=False),
    sa.Column("saved_at", sa.DateTime, nullable=False),
)  # fmt: skip
AUDIT = sa.Table(
    "audit", META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", sa.String(60), nullable=False),
    sa.Column("what", sa.String(60), nullable=False),
    sa.Column("subject", sa.String(120), nullable=False),
)  # fmt: skip

_ENGINES: dict[str, sa.Engine] = {}
_LOCK = threading.Lock()
WAIT_SECONDS = 10


class NoStore(SemhError):
    """The store can't be opened or written."""


def engine(settings: Settings) -> sa.Engine:
    """The open store, its tables made; one for the whole process. Raises NoStore."""
    given = settings.state_url.get_secret_value() if settings.state_url else ""
    url = given or f"sqlite:///{(settings.home / 'state.sqlite').resolve()}"
    with _LOCK:
        if url not in _ENGINES:
            with _plainly():
                if not given:
                    _make_private(settings)
                _ENGINES[url] = _open(url)
        return _ENGINES[url]


@contextmanager
def writing(settings: Settings) -> Iterator[sa.Connection]:
    """A transaction, all or nothing. Raises NoStore where the store is away or stays busy."""
    opened = engine(settings)
    with _plainly(), opened.begin() as con:
        yield con


@contextmanager
def reading(settings: Settings) -> Iterator[sa.Connection]:
    """A connection to read from. Raises NoStore where the store is away."""
    opened = engine(settings)
    with _plainly(), opened.connect() as con:
        yield con


@contextmanager
def _plainly() -> Iterator[None]:
    # A database's own words may hold its URL and what was written: none of it is passed on.
    try:
        yield
    except (sa.exc.IntegrityError, SemhError):
        raise
    except (SQLAlchemyError, ImportError, OSError) as fault:
        raise NoStore(
            f"The store of what people write can't be used ({type(fault).__name__}).",
            "check SEMH_STATE_URL and that its database runs, or the rights on SEMH_HOME",
        ) from None


def _open(url: str) -> sa.Engine:
    local = url.startswith("sqlite")
    args = {"timeout": WAIT_SECONDS} if local else {}
    opened = sa.create_engine(url, connect_args=args, hide_parameters=True, pool_pre_ping=not local)
    if local:
        sa.event.listen(opened, "connect", _prepare)
        sa.event.listen(opened, "begin", _begin)
    with opened.begin() as con:
        for table in META.sorted_tables:
            con.execute(CreateTable(table, if_not_exists=True))
    return opened


def _make_private(settings: Settings) -> None:
    settings.home.mkdir(parents=True, exist_ok=True)
    path = settings.home / "state.sqlite"
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def _prepare(raw: Any, record: Any) -> None:
    raw.isolation_level = None  # transactions are begun below, as writers
    raw.execute("pragma journal_mode = wal")


def _begin(con: sa.Connection) -> None:
    # A writer claims the file at once, so that two never meet half way and fail.
    con.exec_driver_sql("begin immediate")
