"""A contract run by pydantic itself, one row at a time: what the check in SQL must agree with.

Slow (about a hundred thousand rows a second), so never the way a file is loaded. It is written from
the contract alone, without a look at the SQL, so that either finds the other's mistakes.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
    ValidationInfo,
    create_model,
)

from models.extract import CENSUS, Column, Extract

Row = Mapping[str, str | None]
YES, NO = ("true", "1", "y", "yes"), ("false", "0", "n", "no")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST = date(1900, 1, 1)
"""A date before it is no date: a year of two figures reads as the year 25."""
MOST_MONEY = Decimal(10) ** 10
BIGGEST = 2.0**63
SPACES = "".join(c for c in map(chr, range(0x10000)) if unicodedata.category(c) == "Zs")
"""What is no text: spaces of any width, as spreadsheets and web pages write them; not tabs."""
TIME = r"\d{1,2}:\d{1,2}:\d{1,2}"
YEAR, MONTH, DAY = r"(?P<y>\d{1,4})", r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
DATES = (
    re.compile(rf"{YEAR}-(?P<m>[a-z]{{3}})-{DAY}\s+(?P<t>{TIME})", re.ASCII | re.IGNORECASE),
    re.compile(rf"{YEAR}-{MONTH}-{DAY}(?:(?:\s+|T)(?P<t>{TIME}))?", re.ASCII),
    re.compile(rf"{DAY}/{MONTH}/{YEAR}(?:\s+(?P<t>{TIME}))?", re.ASCII),
)
"""COLLECT, ISO and British dates, with and without a time of day."""


def verdict(contract: type[Extract], row: Row, today: date) -> frozenset[str]:
    """The fields of a row that break their contract; none for a row that is accepted whole.

    `row` holds text as sent, None where the file has no such column. `today` is the last day that
    is not in the future. What needs other rows (repeats, parents, codes dated by the census) is
    not judged here.
    """
    texts = {name: _blank(row.get(name)) for name in _kept(contract)}
    try:
        _model(contract).model_validate(texts, context={"today": today, "row": texts})
    except ValidationError as error:
        return frozenset(str(fault["loc"][0]) for fault in error.errors())
    return frozenset()


def _blank(text: str | None) -> str | None:
    return (text or "").strip(SPACES) or None


def _kept(contract: type[Extract]) -> dict[str, Column]:
    return {name: spec for name, spec in contract.columns().items() if spec.kept}


@cache
def _model(contract: type[Extract]) -> type[BaseModel]:
    """A pydantic model of the kept fields, each with the validators its Column calls for."""
    fields: dict[str, Any] = {}
    for name, spec in _kept(contract).items():
        kind = _kind(contract, name)
        checks: list[Any] = [BeforeValidator(_parser(kind))]
        checks += [BeforeValidator(_required)] if spec.required else []
        checks += [AfterValidator(check) for check in _checks(contract, name, spec)]
        fields[name] = (Annotated[(kind | None, *checks)], ...)  # type: ignore[valid-type]
    return create_model(
        f"{contract.extract}_row", __config__=ConfigDict(strict=True, extra="forbid"), **fields
    )


def _kind(contract: type[Extract], name: str) -> type:
    kind = contract.model_fields[name].annotation
    if get_origin(kind) in (Union, UnionType):
        kind = next(a for a in get_args(kind) if a is not type(None))
    assert isinstance(kind, type)
    return kind


def _required(value: Any) -> Any:
    if value is None:
        raise ValueError("missing")
    return value


def _parser(kind: type) -> Callable[[Any], Any]:
    parse: Callable[[str], Any] = PARSERS[kind]

    def parser(value: str | None) -> Any:
        return None if value is None else parse(value)

    return parser


def _number(text: str) -> float:
    if not text.isascii():
        raise ValueError("figures of another script")
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("no finite number")
    return number


def _whole(text: str) -> int:
    number = _number(text)
    if number != math.floor(number) or not -BIGGEST <= number < BIGGEST:
        raise ValueError("no whole number")
    return int(number)


def _money(text: str) -> Decimal:
    _number(text)
    try:
        amount = Decimal(text.strip()).quantize(Decimal("0.01"), ROUND_HALF_UP)
    except InvalidOperation as error:
        raise ValueError("no amount") from error
    if abs(amount) >= MOST_MONEY:
        raise ValueError("too large an amount")
    return amount


def _flag(text: str) -> bool:
    if text.lower() not in YES + NO:
        raise ValueError("neither true nor false")
    return text.lower() in YES


def _day(text: str) -> date:
    found = next((m for style in DATES if (m := style.fullmatch(text.strip()))), None)
    if found is None:
        raise ValueError("no date")
    month = found["m"].lower()
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
    if found["t"]:
        hour, minute, second = map(int, found["t"].split(":"))
        if hour > 23 or minute > 59 or second > 59:
            raise ValueError("no time of day")
    day = date(int(found["y"]), number, int(found["d"]))
    if day < EARLIEST:
        raise ValueError("too long ago to be a date")
    return day


PARSERS: dict[type, Callable[[str], Any]] = {
    str: str, int: _whole, float: _number, bool: _flag, date: _day, Decimal: _money
}  # fmt: skip


def _checks(contract: type[Extract], name: str, spec: Column) -> list[Callable]:
    """What a value must hold to once it has its type; a blank holds to everything."""
    made: list[Callable[[Any, ValidationInfo], bool]] = []
    if spec.codes is not None:
        made.append(lambda value, _: value in spec.codes)  # type: ignore[operator]
    if spec.pattern is not None:
        made.append(lambda value, _: re.fullmatch(spec.pattern, value, re.A) is not None)  # type: ignore[arg-type]
    if spec.minimum is not None:
        made.append(lambda value, _: value >= spec.minimum)
    if spec.maximum is not None:
        made.append(lambda value, _: value <= spec.maximum)
    if spec.past:
        made.append(lambda value, info: value <= (info.context or {})["today"])
    if spec.code_days and spec.dated_by != CENSUS:
        made.append(lambda value, info: _in_use(spec, value, info))
    made += [_not_before(first) for first, then in contract.ordered if then == name]
    return [_holding(check) for check in made]


def _holding(check: Callable[[Any, ValidationInfo], bool]) -> Callable:
    def held(value: Any, info: ValidationInfo) -> Any:
        if value is not None and not check(value, info):
            raise ValueError("does not hold to its rule")
        return value

    return held


def _other_day(name: str, info: ValidationInfo) -> date | None:
    """Another date of the row, where it is one, right or wrong."""
    text = (info.context or {})["row"].get(name)
    try:
        return _day(text) if text else None
    except ValueError:
        return None


def _not_before(first: str) -> Callable[[Any, ValidationInfo], bool]:
    def check(value: date, info: ValidationInfo) -> bool:
        start = _other_day(first, info)
        return start is None or value >= start

    return check


def _in_use(spec: Column, code: str, info: ValidationInfo) -> bool:
    since, until = (spec.code_days or {}).get(code, (None, None))
    day = _other_day(spec.dated_by, info)
    if day is None:
        return True
    return (since is None or day >= since) and (until is None or day <= until)
