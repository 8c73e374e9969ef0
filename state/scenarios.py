"""Saved scenarios: a name for an address. Each save and delete leaves a line in the audit trail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from models.errors import SemhError
from models.settings import Settings
from state.store import AUDIT, MOST_NAME, SCENARIO, reading, writing

__all__ = ["MOST_KEPT", "MOST_NAME", "NotSaved", "Saved", "Scenarios"]

MOST_KEPT = 200
"""Scenarios kept at most; enough for a borough, and no way to fill a disk."""
_PATH = re.compile(r"^/[a-z-]{1,50}$")
_LONG_NUMBER = re.compile(r"\d[\d -]{4,}\d")
_MOST_SEARCH = 2_000


class NotSaved(SemhError):
    """A scenario that was not saved or deleted, and what to do."""


@dataclass(frozen=True)
class Saved:
    """A scenario that was kept: its name, its address, by which role and when (UTC)."""

    id: int
    name: str
    path: str
    search: str
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True)
class Scenarios:
    """The scenarios of one installation. Who may call what is for the caller to decide."""

    settings: Settings

    @classmethod
    def of(cls, settings: Settings) -> Scenarios:
        """The scenarios kept where the settings say."""
        return cls(settings)

    def all(self) -> list[Saved]:
        """Every scenario kept, by name."""
        with reading(self.settings) as con:
            rows = con.execute(sa.select(SCENARIO).order_by(SCENARIO.c.name)).mappings().all()
        return [Saved(**row) for row in rows]

    def save(self, who: str, name: Any, path: Any, search: Any) -> Saved:
        """Keep an address under a name. Raises NotSaved naming what is wrong with either."""
        row: dict[str, Any] = {
            "name": _name(name), "path": _path(path), "search": _search(search), "saved_by": who,
            "saved_at": _now(),
        }  # fmt: skip
        try:
            with writing(self.settings) as con:
                _room(con)
                made = con.execute(sa.insert(SCENARIO).values(**row)).inserted_primary_key
                _note(con, who, "scenario saved", str(row["name"]))
        except sa.exc.IntegrityError:
            raise NotSaved(
                f"A scenario is already called {row['name']}.", "choose another name"
            ) from None
        assert made is not None
        return Saved(id=int(made[0]), **row)

    def delete(self, who: str, number: Any) -> str:
        """Delete a scenario of one's own and give its name. Raises NotSaved where there is none."""
        with writing(self.settings) as con:
            mine = sa.and_(SCENARIO.c.id == _number(number), SCENARIO.c.saved_by == who)
            name = con.execute(sa.select(SCENARIO.c.name).where(mine)).scalar_one_or_none()
            if name is None:
                raise NotSaved("There is no such scenario of your own.", "load the page again")
            con.execute(sa.delete(SCENARIO).where(mine))
            _note(con, who, "scenario deleted", name)
        return str(name)

    def trail(self) -> list[tuple[datetime, str, str, str]]:
        """The audit trail: when, who, what, which; oldest first."""
        with reading(self.settings) as con:
            rows = con.execute(sa.select(AUDIT).order_by(AUDIT.c.id)).all()
        return [(row.at, row.who, row.what, row.subject) for row in rows]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _room(con: sa.Connection) -> None:
    kept = con.execute(sa.select(sa.func.count()).select_from(SCENARIO)).scalar_one()
    if kept >= MOST_KEPT:
        raise NotSaved(f"{MOST_KEPT} scenarios are kept already.", "delete one that is not needed")


def _note(con: sa.Connection, who: str, what: str, subject: str) -> None:
    con.execute(sa.insert(AUDIT).values(at=_now(), who=who, what=what, subject=subject))


def _name(given: Any) -> str:
    name = " ".join(str(given or "").split())
    if not name or len(name) > MOST_NAME:
        raise NotSaved("A scenario needs a name.", f"write one of 1 to {MOST_NAME} letters")
    if not name.isprintable():
        raise NotSaved("The name holds signs that can't be shown.", "use letters and numbers")
    if _LONG_NUMBER.search(name):
        raise NotSaved(
            "The name holds a long number, which may be a child's.", "leave the number out"
        )
    return name


def _path(given: Any) -> str:
    if not isinstance(given, str) or not _PATH.match(given):
        raise NotSaved("This page has no scenario to save.", "open Looking ahead")
    return given


def _search(given: Any) -> str:
    text = str(given or "").lstrip("?")
    if len(text) > _MOST_SEARCH:
        raise NotSaved("The scenario's address is too long.", "start again from the page")
    return text


def _number(given: Any) -> int:
    text = str(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
