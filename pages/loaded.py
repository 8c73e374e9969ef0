"""What was loaded: by kind of file, file by file, and what was not recognised."""

from __future__ import annotations

import pandas as pd

from pages.blocks import Block, Note, Section, Table, Text
from pages.sources import extract_words
from pages.view import View

_NUMBERS = {"rows_read": "Rows read", "rows_accepted": "Accepted", "rows_quarantined": "Refused"}


def loads_part(view: View) -> list[Block]:
    """Every kind of file that was loaded, with the sums of its rows."""
    loads = view.snapshot.loads(view.principal)
    if loads.empty:
        return [Note("Nothing is loaded", "Load extracts with semh load, then semh publish.")]
    by = loads.groupby("extract", sort=False)
    sums = by[list(_NUMBERS)].sum()
    rows = pd.DataFrame(
        {
            "Kind of file": [extract_words(str(name)) for name in sums.index],
            "Files": by.size().map("{:,}".format),
            **{words: sums[name].map("{:,}".format) for name, words in _NUMBERS.items()},
            "Last loaded": _days(by["loaded_at"].max()),
            "Whose": _whose(by["synthetic"].any()),
        }
    ).sort_values(["Whose", "Kind of file"])
    caption = "What these figures rest on; rows read are those accepted and those refused"
    if _guarded(loads):
        caption += "; accepted rows of each local file are rounded up to the next ten"
    numeric = ("Files", *_NUMBERS.values())
    return [Section("Loads", (Table(caption, rows, (), numeric, "loads"), *_strays(view)))]


def files_part(view: View) -> list[Block]:
    """Every file whose name this reader may see, newest first."""
    loads = view.snapshot.loads(view.principal)
    unnamed = _guarded(loads)
    loads = loads[loads["file"].ne("")]
    rows = pd.DataFrame(
        {
            "File": loads["file"],
            "Kind of file": loads["extract"].map(extract_words),
            "Covers": loads["period"].fillna(""),
            **{words: loads[name].map("{:,}".format) for name, words in _NUMBERS.items()},
            "Loaded": _days(loads["loaded_at"]),
            "Whose": _whose(loads["synthetic"]),
            "Note": loads["note"].fillna(""),
        }
    )
    caption = f"All {len(rows)} files, newest first"
    table = Table(caption, rows, (), tuple(_NUMBERS.values()), "files")
    said = f"{unnamed} files of local extracts are listed to signed-in readers only."
    return [Section("Files", (table, *([Text(said)] if unnamed else [])))]


def _guarded(loads: pd.DataFrame) -> int:
    """How many files are told of without their names."""
    return int(loads["file"].eq("").sum())


def _days(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).dt.strftime("%-d %b %Y")


def _whose(synthetic: pd.Series) -> pd.Series:
    return synthetic.astype(bool).map({True: "Synthetic", False: "As published or sent"})


def _strays(view: View) -> list[Block]:
    strays = view.snapshot.unrecognised(view.principal)
    if strays.empty:
        return []
    rows = strays.rename(columns={"file": "File", "why": "Why it was not read"})
    return [Table("Files that were not recognised; they harm nothing", rows)]
