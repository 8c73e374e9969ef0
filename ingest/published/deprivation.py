"""The English indices of deprivation: deciles by LSOA for `area`, summaries by authority."""

from __future__ import annotations

import pandas as pd

from ingest.published.areas import Areas
from ingest.published.ees import melt
from ingest.published.frames import META_COLUMNS, Reading, finish, read_periods
from ingest.published.geography import put_deciles, put_wards, ward_columns, ward_rows
from ingest.published.sheets import Sheet

PUBLISHER = "Ministry of Housing, Communities and Local Government"
SOURCE = "English indices of deprivation 2025"

SUMMARIES = {
    "imd_average_score": ("Average deprivation score", "score", 1, "low"),
    "imd_rank_of_average_score": ("Rank of average deprivation score", "rank of 296", 0, "none"),
    "imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally": (
        "Neighbourhoods among the most deprived tenth in England", "share of LSOAs", 3, "low",
    ),
}  # fmt: skip


def recognise_lsoas(sheet: Sheet) -> bool:
    """Deciles by 2021 LSOA: the index of 2025, for England or one borough."""
    return sheet.has("lsoa21_code", "IMD_decile")


def read_lsoas(sheet: Sheet, areas: Areas) -> Reading:
    """Fill `area.imd_decile` (1 is the most deprived tenth), and wards where the table has them."""
    frame = sheet.read()
    decile = pd.to_numeric(frame["IMD_decile"], errors="coerce").astype("Int64")
    held = pd.DataFrame({"lsoa": frame["lsoa21_code"], "imd_decile": decile})
    names = ward_columns(sheet.columns)

    def apply(con: object) -> None:
        put_deciles(con, held)  # type: ignore[arg-type]
        if names is not None:
            put_wards(con, ward_rows(frame, names, areas))  # type: ignore[arg-type]

    extract = "imd2025_lsoa" if names is None else "imd2025_lsoa_with_wards"
    return Reading(extract, len(frame), "2025", f"{len(held):,} LSOAs given a decile", apply=apply)


def recognise_authorities(sheet: Sheet) -> bool:
    """The index of 2025 summarised by district."""
    return sheet.has("ltla24_code", *SUMMARIES)


def read_authorities(sheet: Sheet, areas: Areas) -> Reading:
    """Summaries for districts that are also education authorities; the others are passed over."""
    frame = sheet.read()
    rows = frame.join(areas.by_code(frame["ltla24_code"])).assign(
        line=frame.index + 2,
        breakdown="all",
        category="all",
        period=read_periods(pd.Series("2025", index=frame.index), "calendar_year"),
    )
    upper = rows[~rows["ltla24_code"].str.startswith("E07")]
    long = melt(upper, list(SUMMARIES), _name)
    meta = [
        (_name(m), title, unit, decimals, polarity, SOURCE, None)
        for m, (title, unit, decimals, polarity) in SUMMARIES.items()
    ]
    columns = pd.DataFrame(meta, columns=META_COLUMNS)
    return finish("imd2025_authority", long, columns, PUBLISHER, len(frame))


def _name(measure: str) -> str:
    short = {
        "imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally": "most_deprived_tenth"
    }
    return f"imd2025.{short.get(measure, measure.removeprefix('imd_'))}"
