"""What a page is made of, as plain data: pages say what to show, `pages.render` draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pandas as pd

Role = Literal["own", "england", "neighbours", "region", "other"]


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    words: str


@dataclass(frozen=True)
class Note:
    """A word on the state of things: hidden, not returned, stale, not understood."""

    title: str
    words: str
    tone: str = "unknown"


@dataclass(frozen=True)
class Card:
    """A key figure: number, what of, what beside, what kind of change. No figure: `missing`."""

    title: str
    figure: str
    what: str
    beside: str
    change: str
    tone: str
    href: str = ""
    spark: tuple[float | None, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class Cards:
    """Key figures side by side."""

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Line:
    """One line of a chart; a None value is a gap, and `breaks` are where a new count begins.

    `hollow` are days whose figure may still change.
    """

    name: str
    days: tuple[date, ...]
    labels: tuple[str, ...]
    heights: tuple[float | None, ...]
    role: Role = "own"
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    breaks: tuple[date, ...] = ()
    hollow: tuple[date, ...] = ()


@dataclass(frozen=True)
class About:
    """What stands under a figure: its source, coverage, definition and what the file is called."""

    source: str
    coverage: str = ""
    words: tuple[str, ...] = ()
    file: str = "figure"
    href: str = ""


@dataclass(frozen=True)
class Figure:
    """What every figure has; `table` holds the numbers drawn, with the words for what is not."""

    id: str
    title: str
    subtitle: str
    table: pd.DataFrame
    about: About
    note: str = ""


@dataclass(frozen=True)
class LineFigure(Figure):
    """Lines over time, at most four."""

    lines: tuple[Line, ...] = ()
    percent: bool = False
    money: bool = False
    target: float | None = None
    signals: pd.DataFrame | None = None


@dataclass(frozen=True)
class Bar:
    """One bar with its range, and whether it is the one that matters."""

    name: str
    value: float | None
    label: str
    lower: float | None = None
    upper: float | None = None
    own: bool = False


@dataclass(frozen=True)
class BarFigure(Figure):
    """Horizontal bars from zero, in the order given."""

    bars: tuple[Bar, ...] = ()
    line: tuple[str, float] | None = None


@dataclass(frozen=True)
class Step:
    """One step of a waterfall: what it adds or takes away, or the total it starts or ends with."""

    name: str
    amount: float
    label: str
    total: bool = False


@dataclass(frozen=True)
class WaterfallFigure(Figure):
    """From one total to the next by the parts of the change, which add up; lower is better."""

    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Spot:
    """One school in a funnel; only one's own has a name."""

    size: float
    value: float
    name: str = ""


@dataclass(frozen=True)
class FunnelFigure(Figure):
    """Each school against its size, with limits of chance; limits: size, low/high 95 and 99.8."""

    spots: tuple[Spot, ...] = ()
    centre: float = 0.0
    limits: pd.DataFrame | None = None
    size_words: str = "Pupils"
    percent: bool = False


@dataclass(frozen=True)
class Fan:
    """What lies ahead: at each January the middle, where 8 in 10 futures lie and where 19 in 20."""

    name: str
    years: tuple[int, ...]
    middle: tuple[float, ...]
    likely: tuple[tuple[float, float], ...]
    widest: tuple[tuple[float, float], ...] = ()
    own: bool = True


@dataclass(frozen=True)
class FanFigure(Figure):
    """The past as a line and what lies ahead as fans; `capacity` is a stepped line: year, value."""

    past: tuple[tuple[int, float], ...] = ()
    fans: tuple[Fan, ...] = ()
    capacity: tuple[tuple[int, float], ...] = ()
    capacity_name: str = ""
    money: bool = False
    cut: bool = False
    """Whether the scale may start above nought, to tell two fans apart; the figure says so."""
    financial: bool = False
    """Whether years are financial years, by the calendar year each starts in, not Januaries."""


@dataclass(frozen=True)
class Span:
    """A range that was given and what came, in the order drawn."""

    name: str
    low: float
    high: float
    came: float
    held: bool


@dataclass(frozen=True)
class SpanFigure(Figure):
    """Ranges as bars and what came as marks, told apart by where the mark is and in words."""

    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class MapFigure(Figure):
    """Areas coloured by value; shapes: area_id, ring, seq, lon, lat; values: id to value, label."""

    shapes: pd.DataFrame = field(default_factory=pd.DataFrame)
    values: dict[str, tuple[float | None, str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A real table with a caption; `links` gives the address of a row's first cell.

    `headed`: a heading above says what the caption says, which is then only heard.
    """

    caption: str
    rows: pd.DataFrame
    links: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()
    file: str = ""
    headed: bool = False


@dataclass(frozen=True)
class Links:
    """Where to go next: words and address."""

    title: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bullet:
    """One item of a list: a subject in bold, words, and a link."""

    subject: str
    words: str
    link: str = ""
    link_words: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list with a title; `none` is what is said when it is empty."""

    title: str
    subtitle: str
    items: tuple[Bullet, ...]
    none: str = ""


@dataclass(frozen=True)
class Terms:
    """Names and what they mean, in pairs."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Code:
    """Lines of a program or a table as text."""

    text: str


@dataclass(frozen=True)
class Section:
    """A part of a page under a heading of its own."""

    title: str
    parts: tuple[Block, ...]
    subtitle: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Beside:
    """Two parts side by side on a wide screen, one above the other on a narrow one."""

    wide: tuple[Block, ...]
    narrow: tuple[Block, ...]


@dataclass(frozen=True)
class Details:
    """A part that opens on demand."""

    summary: str
    parts: tuple[Block, ...]


@dataclass(frozen=True)
class Entry:
    """One thing to fill in or choose; `options` (value, words) makes it a choice."""

    name: str
    label: str
    value: str
    hint: str = ""
    low: float = 0
    high: float = 0
    step: float = 1
    options: tuple[tuple[str, str], ...] = ()
    of: str = ""
    """What the label is of, for who hears it and does not see where it stands."""


@dataclass(frozen=True)
class Form:
    """Things to fill in, in rows that belong together; each is kept in the address bar."""

    title: str
    rows: tuple[tuple[Entry, ...], ...]
    words: str = ""


@dataclass(frozen=True)
class Keeping:
    """Where the state of the page is shared by link, downloaded, kept with a name and found."""

    share: str
    download: str
    reset: str
    may_save: bool


@dataclass(frozen=True)
class Selector:
    """A choice the address bar keeps: field of the query, options (value, words), the choice."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str


Block = (
    Text
    | Note
    | Cards
    | LineFigure
    | BarFigure
    | WaterfallFigure
    | FunnelFigure
    | MapFigure
    | FanFigure
    | SpanFigure
    | Form
    | Keeping
    | Table
    | Links
    | Bullets
    | Terms
    | Code
    | Section
    | Beside
    | Details
)


@dataclass(frozen=True)
class Page:
    """A page: a headline that is a finding, a line of what, where, when, its choices, its parts."""

    headline: str
    lede: str
    parts: Sequence[Block]
    selectors: tuple[Selector, ...] = ()
