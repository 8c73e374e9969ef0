"""How long-running work tells the command line how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many steps are done, and how many there are."""


def quiet(label: str, done: int, total: int) -> None:
    """Report nothing."""
