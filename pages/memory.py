"""What is worked out once a snapshot and reader, and kept: snapshots never change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from models.principal import Principal
from publish.snapshot import Snapshot

KEPT, PAGES = 6000, 300
"""Most facts and most pages kept, over all snapshots and readers; the longest unused goes first.

A few facts are kept of each measure and reader, so they need the more room; pages are large.
"""

Made = TypeVar("Made")
_facts: OrderedDict[Any, Any] = OrderedDict()
_pages: OrderedDict[Any, Any] = OrderedDict()
_lock = threading.Lock()


def remember(
    snapshot: Snapshot, principal: Principal, name: object, make: Callable[[], Made]
) -> Made:
    """What `make` gives for this snapshot and reader; made once, never shared between readers.

    The result must not be changed by whoever gets it.
    """
    return _from(_facts, KEPT, (snapshot.path, principal, name), make)


def _from(shelf: OrderedDict[Any, Any], most: int, key: Any, make: Callable[[], Made]) -> Made:
    with _lock:
        if key in shelf:
            shelf.move_to_end(key)
            found: Made = shelf[key]
            return found
    made = make()
    with _lock:
        shelf[key] = made
        while len(shelf) > most:
            shelf.popitem(last=False)
    return made


def kept(build: Callable[..., Made]) -> Callable[..., Made]:
    """A page function whose pages are kept: the same reader, state and snapshot get the same."""

    @wraps(build)
    def page(view: Any, query: Any, *names: str) -> Made:
        key = (build.__module__, query, names, date.today())  # some say how old the data are
        whole = (view.snapshot.path, view.principal, key)
        return _from(_pages, PAGES, whole, lambda: build(view, query, *names))

    return page
