"""A scenario as a workbook a screen reader can follow: its outcome and its assumptions sheet."""

from __future__ import annotations

from io import BytesIO

import pandas as pd

from models.cells import tame


def workbook(title: str, about: list[str], sheets: dict[str, tuple[str, pd.DataFrame]]) -> bytes:
    """The bytes of an .xlsx: a cover, contents, and a sheet for each name (title, table)."""
    import gptables  # takes half a second, and only a download needs it

    made = {
        name: gptables.GPTable(
            table=table.map(tame), table_name=name.lower().replace(" ", "_"), title=words,
            scope=about[0], source="Published futures, worked out again with the levers moved",
            index_columns={1: 0},
        )
        for name, (words, table) in sheets.items()
    }  # fmt: skip
    out = BytesIO()
    cover = gptables.Cover(title=title, intro=about[:1], about=about[1:], contact=[])
    gptables.write_workbook(
        filename=out, sheets=made, cover=cover, auto_width=True,
        workbook_options={"strings_to_formulas": False, "strings_to_urls": False},
    )  # fmt: skip
    return out.getvalue()
