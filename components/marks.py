"""What charts are made of, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pandas as pd

Role = Literal["own", "england", "neighbours", "region", "other"]


@dataclass(frozen=True)
class Caption:
    """All that stands around a plot.

    `id` is unique on the page. `title` is a statement of at most ten words; `subtitle` says
    measure, unit, population, place and period. `table` holds the numbers drawn, as words, with
    symbols for what is not shown. `words` are sentences of the definition, `href` the page that
    tells more, `file` the name of the download without its ending. `height` is in pixels.
    """

    id: str
    title: str
    subtitle: str
    table: pd.DataFrame
    source: str
    coverage: str = ""
    note: str = ""
    words: tuple[str, ...] = ()
    href: str = ""
    file: str = "figure"
    height: int = 0


@dataclass(frozen=True)
class Line:
    """One line over time; a None height is a gap, `breaks` are the days a new count begins.

    `lower` and `upper` (a 95% range) are empty or as long as `days`; `labels` are the periods in
    words.
    """

    name: str
    days: tuple[date, ...]
    labels: tuple[str, ...]
    heights: tuple[float | None, ...]
    role: Role = "own"
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    breaks: tuple[date, ...] = ()


@dataclass(frozen=True)
class Bar:
    """One bar: `label` is its value in words or the symbol for none; `own` is the one looked for."""

    name: str
    value: float | None
    label: str
    lower: float | None = None
    upper: float | None = None
    own: bool = False


@dataclass(frozen=True)
class Spot:
    """One school in a funnel: its size, its value, and a name only if it is one's own."""

    size: float
    value: float
    name: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a waterfall, in the unit of the chart; a `total` starts from zero."""

    name: str
    amount: float
    label: str
    total: bool = False


@dataclass(frozen=True)
class Band:
    """One band of stacked bars: heights in the order of the bars."""

    name: str
    heights: tuple[float | None, ...]


@dataclass(frozen=True)
class Limits:
    """Centre and limits of an XmR chart; `signals` maps a point's place to what it is, in words."""

    centre: float
    lower: float
    upper: float
    signals: dict[int, str] = field(default_factory=dict)
    polarity: str = "none"


@dataclass(frozen=True)
class Multiple:
    """One small line of a set with one common scale."""

    name: str
    heights: tuple[float | None, ...]
    label: str
    href: str = ""
