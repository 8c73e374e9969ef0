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

KEPT = 400
"""Most results kept, over all snapshots and readers; the longest unused goes first."""

Made = TypeVar("Made")
_kept: OrderedDict[Any, Any] = OrderedDict()
_lock = threading.Lock()


def remember(
    snapshot: Snapshot, principal: Principal, name: object, make: Callable[[], Made]
) -> Made:
    """What `make` gives for this snapshot and reader; made once, never shared between readers.

    The result must not be changed by whoever gets it.
    """
    key = (snapshot.path, principal, name)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            found: Made = _kept[key]
            return found
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def kept(build: Callable[..., Made]) -> Callable[..., Made]:
    """A page function whose pages are kept: the same reader, state and snapshot get the same."""

    @wraps(build)
    def page(view: Any, query: Any, *names: str) -> Made:
        key = (build.__module__, query, names, date.today())  # some say how old the data are
        return remember(view.snapshot, view.principal, key, lambda: build(view, query, *names))

    return page
