"""Connections that measure beside each other, over shared steps they all read while a run lasts.

Temporary tables belong to one connection; so the shared steps of a run are kept in a database in
memory that each connection looks into first. As many work at once as DuckDB has threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from itertools import count
from typing import Any, TypeVar

from metrics.measure.session import Session
from models.borough import Borough
from models.history import as_known_on

T = TypeVar("T")
A = TypeVar("A")

_NUMBERS = count(1)


class Beside:
    """Sessions over one warehouse, one to each thread of work, that share what they learn."""

    def __init__(self, con: Any, profile: Borough, shelf: str, known_on: date | None) -> None:
        self.shelf, self._known_on, self._first = shelf, known_on, Session(con, profile)
        self._mine = threading.local()
        ((threads, self._own),) = con.execute(
            "select current_setting('threads'), current_database()"
        ).fetchall()
        self._pool = ThreadPoolExecutor(int(threads), initializer=self._begin)

    def _begin(self) -> None:
        session = self._first.beside()
        session.con.execute(f"set search_path = '{self.shelf}.main,\"{self._own}\".main'")
        if self._known_on:
            as_known_on(session.con, self._known_on)
        self._mine.session = session

    def each(self, work: Callable[[Session, A], T], things: Iterable[A]) -> Iterator[T]:
        """What `work` makes of each thing, in their order."""
        return self._pool.map(lambda thing: work(self._mine.session, thing), things)

    def once(self, work: Callable[[Session], T]) -> T:
        """What `work` makes, in one of the sessions."""
        return self._pool.submit(lambda: work(self._mine.session)).result()

    def after(
        self, others: list[Future[T]], work: Callable[[Session, A], T], thing: A
    ) -> Future[T]:
        """Work on a thing that waits until others, asked for earlier, are done."""

        def do() -> T:
            for other in others:
                other.exception()
            return work(self._mine.session, thing)

        return self._pool.submit(do)

    def close(self) -> None:
        """Wait for what is under way, and drop what was not begun."""
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def beside(con: Any, profile: Borough, known_on: date | None) -> Iterator[Beside]:
    """Sessions for a run, and a database in memory for its shared steps that goes with it."""
    shelf = f"measuring_{next(_NUMBERS)}"
    con.execute(f"attach ':memory:' as {shelf}")
    sessions = None
    try:
        sessions = Beside(con, profile, shelf, known_on)
        yield sessions
    finally:
        if sessions is not None:
            sessions.close()
        con.execute(f"detach {shelf}")
