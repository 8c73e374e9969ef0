"""What the address bar may say on each page. It comes from outside, so every field is checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, create_model

from scenarios.levers import MOST_TEXT, Levers

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][\w .,:+/()'&%<>=-]{0,119}$")]
Urn = Annotated[str, StringConstraints(pattern=r"^[0-9]{5,7}$")]


class Query(BaseModel):
    """The state of a page; a field left at its default is not written in the address."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    def search(self) -> str:
        """The state as the part of an address from `?` on; empty when all is default."""
        said = self.model_dump(exclude_defaults=True, exclude_none=True)
        return f"?{urlencode(said)}" if said else ""


class TopicQuery(Query):
    """A topic page: which groups its figures are shown by, and of which measure."""

    show: Name = "all"
    measure: Name | None = None


Said = Annotated[str, StringConstraints(max_length=40)]
_LEVERS: Any = {name: (Said | None, None) for name in Levers.model_fields}
_Levers: Any = create_model("_Levers", __base__=Query, **_LEVERS)


class ScenarioQuery(_Levers):  # type: ignore[misc]
    """A page with scenarios: its levers as written, one set beside it, the year, and the goal.

    The page itself reads the levers, and says in words what is wrong with one.
    """

    beside: Annotated[str, StringConstraints(max_length=MOST_TEXT)] | None = None
    by: Said | None = None
    goal: Said | None = None
    aim: Said | None = None
    amount: Said | None = None
    sure: Said | None = None

    def asked(self, name: str) -> str | None:
        """What the address says of a lever, unread."""
        said: str | None = getattr(self, name)
        return said


class CostQuery(ScenarioQuery, TopicQuery):
    """Out-of-borough cost: a topic page with scenarios."""


class SufficiencyQuery(TopicQuery):
    """Sufficiency: a topic page with a plan for a budget, in per cent of what all schemes cost."""

    budget: Annotated[int, Field(ge=0, le=100)] | None = None
    fair: Literal["yes", "no"] = "yes"


class MeasureQuery(Query):
    """A measure's page: which groups it is shown by."""

    show: Name = "all"


class SchoolsQuery(Query):
    """The schools page: my school, and the measure shown."""

    school: Urn | None = None
    measure: Name | None = None


class CompareQuery(Query):
    """The compare page: which group of indicators, and the one that is drawn."""

    topic: Code | None = None
    indicator: Code | None = None


class DataQuery(Query):
    """The data page: which part stands open."""

    part: Name = "loads"


AnyQuery = TypeVar("AnyQuery", bound=Query)


def read_query(model: type[AnyQuery], raw: Mapping[str, Any]) -> tuple[AnyQuery, list[str]]:
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
