"""What a contract is: one pydantic model per extract table, with everything known of each field.

From a contract come the vectorised check, the data dictionary, the supplier's blank, the
synthetic borough's columns and the structural expectations. A column list is never written twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


class Mark(StrEnum):
    """How a field touches a person's privacy."""

    NONE = "none"
    IDENTIFIER = "identifier"
    QUASI = "quasi-identifier"
    SENSITIVE = "sensitive"


CENSUS = "census"
"""A code set dated by the census the row came in."""


class OnFail(StrEnum):
    """What becomes of a row whose field breaks its rule."""

    QUARANTINE = "quarantine"
    BLANK = "blank"


@dataclass(frozen=True)
class Column:
    """All a contract says of one field beyond its name and type.

    `codes` maps each allowed code to its meaning; `code_days` gives those that were not always in
    use their first and last day, judged by the date field `dated_by` of the row or, where that is
    CENSUS, by the term that the row's census reports. `since` and `until` are the years in which
    the layout has the field, each named by the year in which the academic year ends (so 2025 is the
    autumn census of 2024 and the returns of January and May 2025); where terms changed in different
    years, they are given by term. `terms` names the terms that have it at all. `header`
    is how files spell the name when it isn't plain lower case. A field that is not `kept` belongs
    to the layout but is read past, never staged. A `past` date can't lie in the future. `action`
    is what a supplier should do about a bad value, in plain words.
    """

    meaning: str
    source: str
    codes: dict[str, str] | None = None
    code_days: dict[str, tuple[date | None, date | None]] | None = None
    dated_by: str = ""
    unit: str | None = None
    mark: Mark = Mark.NONE
    on_fail: OnFail = OnFail.QUARANTINE
    required: bool = False
    key: bool = False
    pattern: str | None = None
    minimum: float | date | None = None
    maximum: float | date | None = None
    since: int | dict[str, int] | None = None
    until: int | dict[str, int] | None = None
    terms: tuple[str, ...] | None = None
    header: str | None = None
    kept: bool = True
    past: bool = False
    action: str = ""

    def in_layout(self, year: int | None, term: str | None) -> bool:
        """Whether files of that academic year (by its last year) and term have the field."""
        first, last = _in_term(self.since, term), _in_term(self.until, term)
        return (
            (year is None or first is None or year >= first)
            and (year is None or last is None or year <= last)
            and (term is None or self.terms is None or term in self.terms)
        )


def _in_term(year: int | dict[str, int] | None, term: str | None) -> int | None:
    """The first or last year in a term; None where the term has no such limit."""
    return year.get(term or "") if isinstance(year, dict) else year


def column(meaning: str, *, source: str, **rest: Any) -> Any:
    """Declare a contract field; a field that is not `required` may be blank."""
    spec = Column(meaning=meaning, source=source, **rest)
    default = ... if spec.required else None
    return Field(default, description=meaning, json_schema_extra={"column": spec})  # type: ignore[arg-type,dict-item]


class Extract(BaseModel):
    """Base of every extract contract. Field types are str, int, float, Decimal, bool or date."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    extract: ClassVar[str]
    """Short id: the name of its staging table, e.g. `sc_pupilonroll`."""
    family: ClassVar[str]
    """school_census, sen2, mhsds, commissioning, local or finance."""
    title: ClassVar[str]
    owner: ClassVar[str]
    """Which kind of supplier answers for it."""
    recognised_by: ClassVar[tuple[str, ...]]
    """Lower-case columns that together tell this extract from every other."""
    unique: ClassVar[tuple[str, ...]] = ()
    """Fields that together may occur once in a file; a repeat is refused."""
    parent: ClassVar[tuple[str, str] | None] = None
    """Extract and key field that a row must find among that extract's accepted rows."""
    ordered: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of dates of which the second can't come before the first."""
    by_period: ClassVar[bool] = False
    """Each file covers one period and periods add up; otherwise a new file replaces the last."""

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """Field name to its Column, in file order."""
        return {name: _column_of(info.json_schema_extra) for name, info in cls.model_fields.items()}

    @classmethod
    def layout(cls, year: int | None = None, term: str | None = None) -> dict[str, str]:
        """Field name to the header in a file of that year and term (autumn, spring, summer)."""
        return {
            name: spec.header or name
            for name, spec in cls.columns().items()
            if spec.in_layout(year, term)
        }


def _column_of(extra: Any) -> Column:
    spec: Column = extra["column"]
    return spec
