"""Errors people can act on: what was found, where, and what to do next."""

from __future__ import annotations


class SemhError(Exception):
    """A job that could not be done, with the next step in plain words.

    Messages never hold a value from a child's row.
    """

    def __init__(self, problem: str, next_step: str) -> None:
        super().__init__(f"{problem} Next: {next_step}")
        self.problem = problem
        self.next_step = next_step
