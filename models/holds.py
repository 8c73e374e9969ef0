"""Held batches: what keeps figures from being published until someone accepts it with a reason.

A check of severity *hold* that failed holds publication. Acceptance is per check and load, by a
role and with a reason, and stands in the warehouse; a new load is asked about again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from models.errors import SemhError

LONGEST_WORDS = 400


class _Connection(Protocol):
    def execute(self, query: str, parameters: object = ...) -> Any:
        """Run one statement."""


@dataclass(frozen=True)
class Held:
    """A failed check that holds publication: what it is, of which load, what was found."""

    check_id: str
    load_id: str
    extract: str
    label: str
    found: int
    unit: str
    action: str
    owner: str
    synthetic: bool

    def words(self) -> str:
        """The hold in a line of words."""
        return f"{self.check_id}: {self.label} ({self.found:,} {self.unit}), load {self.load_id}"


_HELD = """
select e.check_id, e.load_id, e.extract, e.label, e.found, e.unit, e.action, e.owner, l.synthetic
from expectation_result e join load l on l.load_id = e.load_id
where not e.passed and e.severity = 'hold' and l.superseded_by is null
    and not exists (select 1 from acceptance a
        where a.check_id = e.check_id and a.load_id = e.load_id)
order by e.check_id, e.load_id
"""


def held(con: _Connection) -> list[Held]:
    """Every failed check that holds publication and that nobody has accepted."""
    return [Held(*row) for row in con.execute(_HELD).fetchall()]


def accept(con: _Connection, target: str, *, reason: str, by_role: str, at: datetime) -> list[Held]:
    """Accept what is held under a check's id, or of a load, and return it.

    Who accepts is a role (such as "head of SEND"), never a person's name.

    Raises SemhError when the reason or role is blank, or nothing of that name is held.
    """
    for name, words in (("reason", reason), ("role", by_role)):
        if not words.strip() or len(words) > LONGEST_WORDS:
            raise SemhError(
                f"The {name} is blank or longer than {LONGEST_WORDS} characters.",
                'say it in a sentence, as in --reason "one school closed" --by "head of SEND"',
            )
    waiting = held(con)
    found = [one for one in waiting if target in (one.check_id, one.load_id)]
    if not found:
        raise SemhError(f"Nothing is held under {target!r}.", _offer(waiting))
    for one in found:
        _record(con, one, reason.strip(), by_role.strip(), at)
    return found


def _record(con: _Connection, one: Held, reason: str, by_role: str, at: datetime) -> None:
    con.execute(
        "insert into acceptance (check_id, load_id, reason, by_role, accepted_at)"
        " values (?, ?, ?, ?, ?)",
        [one.check_id, one.load_id, reason, by_role, at],
    )


def _offer(waiting: list[Held]) -> str:
    if not waiting:
        return "nothing to do: nothing is held"
    return "give one of " + ", ".join(dict.fromkeys(one.check_id for one in waiting))


def accept_synthetic(con: _Connection, *, at: datetime) -> list[Held]:
    """Accept what is held of synthetic loads, for the demonstration; says so as its reason."""
    reason = "Synthetic data: a small simulated borough may rightly look unlike a whole one"
    found = [one for one in held(con) if one.synthetic]
    for one in found:
        _record(con, one, reason, "the demonstration", at)
    return found
