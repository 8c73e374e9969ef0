"""Plain layouts told in a table: which columns tell a file, and what each measure means."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ingest.published.areas import Areas
from ingest.published.attendance import phase
from ingest.published.compare import compare_indicators
from ingest.published.ees import ees_areas, ees_periods, melt
from ingest.published.frames import META_COLUMNS, Reading, finish, read_periods
from ingest.published.readers_kind import Reader
from ingest.published.sheets import Sheet


@dataclass(frozen=True)
class Measure:
    """A column of figures: what it is, its unit, its decimals and which way is good."""

    title: str
    unit: str
    decimals: int = 0
    polarity: str = "none"


@dataclass(frozen=True)
class Layout:
    """One file's layout.

    `told_by` are columns that together no other layout has. Series are
    `<family>.<split values>.<measure>`; `by` is the column of a breakdown and what the breakdown
    is called. `year` and `kind` say where the year is and what kind it is; no kind means the file
    says so itself. With `wide`, every authority's totals are kept, else near areas' only. `variant`
    is a column and a value that only one of two files with this layout holds.
    """

    extract: str
    told_by: tuple[str, ...]
    family: str
    source: str
    publisher: str
    measures: dict[str, Measure]
    year: str = "time_period"
    kind: str | None = None
    split: tuple[str, ...] = ()
    by: tuple[str, str] | None = None
    only: dict[str, str] = field(default_factory=dict)
    not_with: tuple[str, ...] = ()
    wide: bool = False
    variant: tuple[str, str] | None = None

    def recognise(self, sheet: Sheet) -> bool:
        """Whether a table has this layout."""
        return sheet.has(*self.told_by, *self.measures) and not any(
            c in sheet.columns for c in self.not_with
        )

    def read(self, sheet: Sheet, areas: Areas) -> Reading:
        """The table as figures."""
        frame = sheet.read()
        rows = self._placed(self._chosen(frame), areas)
        kept = rows[self._keep(rows, areas)]
        long = self._long(kept)
        reading = finish(self._name(frame), long, self._meta(kept), self.publisher, len(frame))
        reading.inner = sheet.inner
        return reading

    def _name(self, frame: pd.DataFrame) -> str:
        if self.variant is None or not (frame[self.variant[0]] == self.variant[1]).any():
            return self.extract
        return f"{self.extract}_{slug(self.variant[1])}"

    def _chosen(self, frame: pd.DataFrame) -> pd.DataFrame:
        rows = frame.assign(line=frame.index + 2)
        for column, value in self.only.items():
            rows = rows[rows[column].str.fullmatch(value)]
        return rows

    def _placed(self, rows: pd.DataFrame, areas: Areas) -> pd.DataFrame:
        breakdown, category = self._breakdown(rows)
        ends = [rows[c].map(slug) for c in self.split]
        family = pd.Series(self.family, index=rows.index)
        for end in ends:
            family = family + "." + end
        placed = rows.drop(columns=["category"], errors="ignore").join(find_areas(rows, areas))
        return placed.assign(
            family=family, breakdown=breakdown, category=category, period=self._periods(rows)
        )

    def _breakdown(self, rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        if self.by is None:
            everything = pd.Series("all", index=rows.index)
            return everything, everything
        column, name = self.by
        category = phase(rows[column])
        return pd.Series(np.where(category == "all", "all", name), index=rows.index), category

    def _periods(self, rows: pd.DataFrame) -> pd.Series:
        if self.kind is None:
            return ees_periods(rows)
        return read_periods(rows[self.year], self.kind)

    def _keep(self, rows: pd.DataFrame, areas: Areas) -> pd.Series:
        near = rows["area_code"].isin(areas.near) | rows["area_code"].isna()
        names = [rows["family"] + "." + m for m in self.measures]
        shown = pd.concat([n.isin(compare_indicators()["series"]) for n in names], axis=1).any(
            axis=1
        )
        return near | ((shown | self.wide) & (rows["breakdown"] == "all"))

    def _long(self, rows: pd.DataFrame) -> pd.DataFrame:
        parts = [
            melt(part, list(self.measures), _namer(str(name)))
            for name, part in rows.groupby("family", sort=False)
        ]
        return pd.concat(parts, ignore_index=True)

    def _meta(self, rows: pd.DataFrame) -> pd.DataFrame:
        found = rows.drop_duplicates("family")
        meta = [
            (_namer(row["family"])(m), self._title(row, words), words.unit, words.decimals,
             words.polarity, self.source, None)
            for row in found.to_dict("records")
            for m, words in self.measures.items()
        ]  # fmt: skip
        return pd.DataFrame(meta, columns=META_COLUMNS)

    def _title(self, row: Mapping[Hashable, object], words: Measure) -> str:
        return ": ".join([words.title, *(str(row[c]) for c in self.split)])


def _namer(family: str) -> Callable[[str], str]:
    return lambda measure: f"{family}.{slug(measure)}"


def slug(text: object) -> str:
    """Words as part of a series id: `CLA 12 months at 31 March` is cla_12_months_at_31_march."""
    plain = str(text).strip().lower().replace("%", " pc ").replace("+", " plus ")
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def find_areas(rows: pd.DataFrame, areas: Areas) -> pd.DataFrame:
    """Area columns by the codes a file has, or by its names where it has none."""
    if "Area Code" in rows:
        return areas.by_code(rows["Area Code"])
    if "new_la_code" in rows and "region_code" in rows and "geographic_level" in rows:
        return ees_areas(rows, areas)
    if "geographic_level" in rows or "level" in rows:
        return areas.by_name(_names_by_level(rows))
    if "la_name" in rows:
        return areas.by_name(rows["la_name"])
    if "region" in rows:
        return areas.by_name(rows["region"])
    return areas.by_code(pd.Series(areas.profile.country_code, index=rows.index))


def _names_by_level(rows: pd.DataFrame) -> pd.Series:
    level = rows["geographic_level" if "geographic_level" in rows else "level"].str.lower()
    names = rows["la_name"]
    if "region_name" in rows:
        names = names.mask(level.str.startswith("region"), rows["region_name"])
    return names.mask(level == "national", "England")


def reader(layout: Layout) -> Reader:
    """A layout as a reader."""
    return Reader(layout.extract, layout.recognise, layout.read)
