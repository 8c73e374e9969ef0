"""Printed figures made into numbers: each symbol to its status, nothing guessed, never nought.

`data/reference/symbols.csv` is the table of symbols, what each means and who prints it.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

import pandas as pd

from ingest.published.reference import reference_table

UNREADABLE = "unreadable"
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DECORATION = re.compile(r"[,\s£%]")


@lru_cache(maxsize=1)
def symbols() -> dict[str, str]:
    """Every symbol publishers print in place of a number, lower case, to its status."""
    table = reference_table("symbols")
    return dict(zip(table["symbol"], table["status"], strict=True))


def parse_figure(text: object) -> tuple[float | None, str, str]:
    """One printed figure as (value, symbol, status).

    A number has no symbol and status `ok`. A known symbol has no value and its own status.
    Anything else keeps its text as the symbol, has no value and status `not_available`.
    """
    printed = "" if text is None or text != text else str(text).strip()
    plain = _DECORATION.sub("", printed)
    if _NUMBER.fullmatch(plain) and math.isfinite(float(plain)):
        return float(plain), "", "ok"
    symbol = printed.strip("[] ").lower()
    if symbol in symbols():
        return None, symbol, symbols()[symbol]
    return None, printed, "not_available"


def parse_figures(raw: pd.Series) -> pd.DataFrame:
    """A column of printed figures as columns value, symbol, status; one parse per distinct text."""
    codes, texts = pd.factorize(raw.astype("str").fillna(""))
    parsed = pd.DataFrame(
        [parse_figure(t) for t in texts], columns=["value", "symbol", "status"]
    ).astype({"value": "float64"})
    return parsed.take(codes).set_axis(raw.index)
