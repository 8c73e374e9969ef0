"""From what a file printed to rows of `published_statistic`: one path for every publisher."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import duckdb
import pandas as pd

from ingest.published.areas import AREA_COLUMNS
from ingest.published.compare import compare_indicators
from ingest.published.figures import parse_figures
from ingest.published.flags import add_flags
from ingest.published.periods import Period, parse_period

LONG_COLUMNS = ["line", "series", *AREA_COLUMNS, "breakdown", "category", "period", "raw"]
"""What a reader hands over: one row per printed figure. `line` is the row in the file, from 2;
area columns are null where the area is not known; `period` is a Period or None."""

META_COLUMNS = ["series", "title", "unit", "decimals", "polarity", "source", "source_date"]
"""One row per series."""

FIGURE_COLUMNS = [
    "series", "title", "publisher", "unit", "decimals", "polarity", "topic",
    "area_code", "area_name", "area_kind", "breakdown", "category",
    "period_label", "period_start", "period_end", "period_kind",
    "value", "raw", "symbol", "status", "flag", "source", "source_date",
]  # fmt: skip
"""The columns of `published_statistic` without `load_id`, in its order."""

KEY_COLUMNS = [
    "series", "area_code", "breakdown", "category", "period_kind", "period_start", "period_end",
]  # fmt: skip
"""What makes a figure one figure; where a file prints it twice the first stands."""

REFUSED_COLUMNS = ["line", "field", "found_kind", "expected", "reason", "action"]


@dataclass
class Reading:
    """What one part of a file held, ready to be written.

    `figures` has FIGURE_COLUMNS; `refused` has REFUSED_COLUMNS, one row per row of the file that
    could not be placed; `apply` fills dimension tables. `part` marks a cut of a fuller file: its
    figures are added only where the fuller file's are not already held.
    """

    extract: str
    rows_read: int
    period: str | None = None
    note: str = ""
    figures: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=FIGURE_COLUMNS))
    refused: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=REFUSED_COLUMNS))
    part: bool = False
    inner: str = ""
    apply: Callable[[duckdb.DuckDBPyConnection], None] | None = None


def read_periods(labels: pd.Series, kind: str | pd.Series) -> pd.Series:
    """Periods for a column of labels; one parse per distinct label and kind."""
    kinds = pd.Series(kind, index=labels.index) if isinstance(kind, str) else kind
    pairs = pd.DataFrame({"label": labels.astype("str"), "kind": kinds.astype("str")})
    distinct = pairs.drop_duplicates()
    known = {(p, k): parse_period(p, k) for p, k in distinct.itertuples(index=False)}
    return place(pairs, known)


def place(pairs: pd.DataFrame, known: dict[tuple[str, str], Period | None]) -> pd.Series:
    """The period of each pair of columns, by a dictionary of the distinct pairs."""
    codes, distinct = pd.factorize(pd.MultiIndex.from_frame(pairs))
    periods = pd.Series([known[pair] for pair in distinct], dtype=object)
    return periods.take(codes).set_axis(pairs.index)


def finish(
    extract: str, long: pd.DataFrame, meta: pd.DataFrame, publisher: str, rows_read: int
) -> Reading:
    """Number, place, describe and flag what was printed.

    Rows whose period or area is not understood are refused by line; all else is kept.
    """
    unplaced = long["period"].isna() | long["area_code"].isna()
    refused = _refusals(long[unplaced])
    placed = long[~unplaced]
    figures = pd.concat([placed.drop(columns="period"), _period_columns(placed["period"])], axis=1)
    numbers = parse_figures(figures["raw"])
    figures = figures.assign(value=numbers["value"], status=numbers["status"])
    figures["symbol"] = numbers["symbol"].where(numbers["symbol"] != "", figures["period_symbol"])
    figures = describe(figures, meta, publisher)
    once = add_flags(figures.drop_duplicates(KEY_COLUMNS))
    note = _note(once, len(figures) - len(once))
    return Reading(extract, rows_read, _period_range(once), note, once, refused)


def describe(figures: pd.DataFrame, meta: pd.DataFrame, publisher: str) -> pd.DataFrame:
    """Title, unit, polarity and source of each series; Compare's plain words win."""
    words = meta.assign(topic=None).set_index("series")[[*META_COLUMNS[1:], "topic"]]
    chosen = compare_indicators().rename(columns={"group": "topic"}).set_index("series")
    plain = chosen[["title", "unit", "polarity", "decimals", "topic"]].astype(object)
    words = plain.reindex(words.index).combine_first(words.astype(object))[list(words.columns)]
    return figures.join(words, on="series").assign(publisher=publisher)


def _period_columns(periods: pd.Series) -> pd.DataFrame:
    codes, distinct = pd.factorize(periods)
    rows = [(p.label, p.start, p.end, p.kind, p.symbol) for p in distinct]
    names = ["period_label", "period_start", "period_end", "period_kind", "period_symbol"]
    table = pd.DataFrame(rows, columns=names)
    days = {n: pd.to_datetime(table[n]) for n in ("period_start", "period_end")}
    return table.assign(**days).take(codes).set_axis(periods.index)


_NO_YEAR = {
    "field": "period",
    "expected": "a year such as 2025, 202425 or 2024/25",
    "reason": "the year is not one that can be read",
    "action": "Ask the publisher what year the row is for",
}
_NO_AREA = {
    "field": "area",
    "expected": "an authority, region or country of England",
    "reason": "the area is not known",
    "action": "Add the area to data/reference/local_authorities.csv",
}


def _refusals(rows: pd.DataFrame) -> pd.DataFrame:
    first = rows.drop_duplicates("line")
    words = [_NO_YEAR if missing else _NO_AREA for missing in first["period"].isna()]
    why = pd.DataFrame(words, columns=list(_NO_YEAR), index=first.index)
    return why.assign(line=first["line"], found_kind="text")[REFUSED_COLUMNS]


def _period_range(figures: pd.DataFrame) -> str | None:
    if figures.empty:
        return None
    first = str(figures["period_label"].iloc[int(figures["period_start"].argmin())])
    last = str(figures["period_label"].iloc[int(figures["period_end"].argmax())])
    return first if first == last else f"{first} to {last}"


def _note(figures: pd.DataFrame, again: int) -> str:
    counts = figures["status"].value_counts()
    absent = ", ".join(
        f"{n:,} {str(status).replace('_', ' ')}" for status, n in counts.items() if status != "ok"
    )
    words = f"{len(figures):,} figures kept" + (f" ({absent})" if absent else "")
    return words + (f"; {again:,} printed twice, the first stands" if again else "")
