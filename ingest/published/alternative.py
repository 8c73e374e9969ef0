"""The alternative provision census: a cube of counts, of which the single breakdowns are kept."""

from __future__ import annotations

import pandas as pd

from ingest.published.areas import Areas
from ingest.published.ees import ees_areas, ees_periods, melt
from ingest.published.frames import META_COLUMNS, Reading, finish
from ingest.published.sheets import Sheet

DIMENSIONS = {"gender": "sex", "age": "age", "ethnicity_minor": "ethnicity", "fsm": "fsm"}
SERIES = "ap_census.number_of_pupils"


def recognise(sheet: Sheet) -> bool:
    """Pupils in authority-funded alternative provision by four characteristics at once."""
    return sheet.has(*DIMENSIONS, "number_of_pupils", "geographic_level")


def read(sheet: Sheet, areas: Areas) -> Reading:
    """Totals and one characteristic at a time for near areas; crossed cells are passed over."""
    frame = sheet.read()
    split = pd.concat([frame[c] != "Total" for c in DIMENSIONS], axis=1)
    rows = frame[split.sum(axis=1) <= 1]
    rows = rows.join(ees_areas(rows, areas)).assign(line=rows.index + 2, period=ees_periods(rows))
    rows = rows.assign(breakdown="all", category="all")
    for column, name in DIMENSIONS.items():
        here = rows[column] != "Total"
        rows.loc[here, "breakdown"] = name
        rows.loc[here, "category"] = rows.loc[here, column]
    kept = rows[rows["area_code"].isin(areas.near) | rows["area_code"].isna()]
    long = melt(kept, ["number_of_pupils"], lambda _: SERIES)
    title = "Pupils in alternative provision the authority funds"
    source = "DfE alternative provision census"
    meta = [(SERIES, title, "pupils", 0, "none", source, None)]
    columns = pd.DataFrame(meta, columns=META_COLUMNS)
    reading = finish("ap_census", long, columns, "Department for Education", len(frame))
    reading.inner = sheet.inner
    return reading
