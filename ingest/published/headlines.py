"""Headline figures typed in with the product, for a machine without the published files.

`data/reference/headline_figures.csv` has one figure a row: series, area, period and kind as the
file prints them, the figure, and which file it was typed from. Series ids are those of the real
files, which replace them as soon as they are loaded.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

import duckdb
import numpy as np
import pandas as pd

from ingest.published.areas import Areas
from ingest.published.frames import LONG_COLUMNS, META_COLUMNS, Reading, finish
from ingest.published.mental_health import twelve_months
from ingest.published.periods import Period, parse_period, term_period
from ingest.published.population import mid_year
from ingest.published.reference import REFERENCE, reference_table
from ingest.published.store import HEADLINES, write_figures
from models.borough import Borough, load_borough
from models.ledger import LoadRow

FILE = f"{HEADLINES}.csv"


def load_headlines(
    con: duckdb.DuckDBPyConnection,
    *,
    stamp: datetime,
    code_version: str,
    profile: Borough | None = None,
) -> LoadRow | None:
    """Write the typed figures of series that no real file holds; None where nothing is needed.

    The figures are Rotherham's and England's, so for another borough's profile nothing is done.
    The ledger is the caller's: record the row that is returned.
    """
    profile = profile or load_borough("rotherham")
    reading = read_headlines(profile)
    held = con.execute(
        "select distinct p.series from published_statistic p join load l on l.load_id = p.load_id"
        " where l.superseded_by is null"
    ).fetchall()
    figures = reading.figures[~reading.figures["series"].isin([s for (s,) in held])]
    if figures.empty or not (figures["area_code"] == profile.ons_code).any():
        return None
    reading.figures = figures
    digest = hashlib.sha256((REFERENCE / FILE).read_bytes()).hexdigest()
    load_id = f"{HEADLINES}-{digest[:8]}-{stamp:%Y%m%d%H%M%S}"
    written = write_figures(con, reading, load_id)
    return LoadRow(
        load_id, FILE, digest, HEADLINES, reading.period, reading.rows_read, reading.rows_read, 0,
        None, None, stamp, code_version, False,
        f"{written} headline figures typed in from published files; load those files for the rest",
    )  # fmt: skip


def read_headlines(profile: Borough) -> Reading:
    """Every typed figure as figures, whether or not a real file is loaded."""
    table = reference_table(HEADLINES)
    long = table.assign(
        line=np.arange(len(table)) + 2, breakdown="all", category="all", raw=table["figure"]
    )
    pairs = zip(long["period"], long["kind"], strict=True)
    long["period"] = pd.Series([_period(p, k) for p, k in pairs], index=long.index, dtype=object)
    long = long.drop(columns="area_code").join(Areas(profile).by_code(table["area_code"]))
    return finish(HEADLINES, long[LONG_COLUMNS], _meta(table), "As each source says", len(table))


def _period(text: str, kind: str) -> Period | None:
    if kind.endswith(" term"):
        return term_period(text, kind)
    if kind == "mid_year":
        return mid_year(text)
    if kind == "twelve_months":
        return twelve_months(text)
    return parse_period(text, kind)


def _meta(table: pd.DataFrame) -> pd.DataFrame:
    """Titles and units are Compare's: every typed series is on that page."""
    first = table.drop_duplicates("series")
    rows = [
        (series, "", "", 0, "none", f"{source} (typed in)", None)
        for series, source in zip(first["series"], first["source"], strict=True)
    ]
    return pd.DataFrame(rows, columns=META_COLUMNS)
