"""The state of a page in the address bar: read with suspicion, written as short as can be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ValidationError

LONGEST = 2000
"""Characters of a query string that are read; the rest of a longer one is not looked at."""

MOST_FIELDS = 40

Model = TypeVar("Model", bound=BaseModel)


def parse_search(search: str | None) -> dict[str, str]:
    """`?a=1&b=2` as a dict; the last value of a repeated name counts."""
    text = (search or "").lstrip("?")[:LONGEST]
    try:
        return dict(parse_qsl(text, max_num_fields=MOST_FIELDS))
    except ValueError:
        return {}


def read_query(model: type[Model], raw: Mapping[str, Any]) -> tuple[Model, list[str]]:
    """The state an address asks for, and the names of what in it was not understood.

    A bad field falls back to its default; it never stops the page.
    """
    said = {name: raw[name] for name in model.model_fields if raw.get(name) not in (None, "")}
    try:
        return model.model_validate(said), []
    except ValidationError as error:
        bad = sorted({str(fault["loc"][0]) for fault in error.errors() if fault["loc"]})
    kept = {name: value for name, value in said.items() if name not in bad}
    return model.model_validate(kept), bad


def search_of(query: BaseModel) -> str:
    """The state as the part of an address from `?` on; empty when all is default."""
    said = query.model_dump(exclude_defaults=True, exclude_none=True, mode="json")
    return f"?{urlencode(said)}" if said else ""
