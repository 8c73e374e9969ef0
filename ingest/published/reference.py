"""The small typed tables of facts kept with the product: read by path, once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

import models

REFERENCE = Path(models.__file__).resolve().parent.parent / "data" / "reference"


@cache
def reference_table(name: str) -> pd.DataFrame:
    """A reference table by file name without suffix, every column as text, blanks as ''.

    Raises FileNotFoundError naming the tables there are.
    """
    path = REFERENCE / f"{name}.csv"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in REFERENCE.glob("*.csv")))
        raise FileNotFoundError(
            f"no reference table {name!r} in data/reference; there are: {known}"
        )
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
