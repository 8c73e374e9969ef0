"""Which records of two sources are of the same child: sure numbers first, then how alike they are.

First UPN and NHS number; then name, date of birth, postcode and sex by Splink's probabilistic
model, trained on the two sources themselves where they are large enough. One record links to one
record at most; where two are equally likely, as with twins, neither is taken.
"""

from __future__ import annotations

import csv
import os
import secrets
from pathlib import Path

import duckdb
import pandas as pd

from ingest.linkage.choose import chosen
from ingest.linkage.clean import FIELDS, bring_people
from ingest.linkage.model import Sides, score_pairs
from ingest.linkage.numbers import link_on_numbers
from ingest.linkage.settle import settle
from models.errors import SemhError

COLUMNS = ("left_id", "right_id", "method", "probability")


def link_frames(
    left: pd.DataFrame, right: pd.DataFrame, *, threshold: float | None = None, threads: int = 2
) -> pd.DataFrame:
    """Links between two frames of people: `left_id, right_id, method, probability`.

    Both have `unique_id` and any of `first_name, surname, dob, postcode, sex, upn, nhs_number`;
    a column that is missing is unknown. Where a `unique_id` is repeated its first row counts.
    `method` is UPN, NHS number, both, or probabilistic. Without a `threshold`, the least
    probability taken is chosen so that few links can be expected to be wrong (`linkage.choose`).
    The same frames give the same links.

    Raises SemhError when a frame has no `unique_id`, ValueError when the threshold is not above
    a half: only then is the outcome one to one.
    """
    if threshold is not None and not 0.5 < threshold <= 1:
        raise ValueError(f"threshold is {threshold}; give one above 0.5 and up to 1")
    with duckdb.connect() as con:
        con.execute(f"set threads = {threads}; set enable_progress_bar = false")
        bring_people(con, left, right)
        link_on_numbers(con)
        sizes = con.execute(
            "select (select count(*) from left_person), (select count(*) from right_person)"
        ).fetchall()[0]
        settle(con, score_pairs(con, Sides(*sizes)))
        return chosen(con, threshold)


def link_files(
    left: Path | str, right: Path | str, *, threshold: float | None = None
) -> pd.DataFrame:
    """Links between two CSV files with a header, as `link_frames`.

    Raises SemhError when a file can't be read as CSV; no cell of it is in the message.
    """
    return link_frames(read_people(Path(left)), read_people(Path(right)), threshold=threshold)


def read_people(path: Path) -> pd.DataFrame:
    """A CSV of people, every cell as text."""
    try:
        return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    except pd.errors.EmptyDataError:
        raise SemhError(f"{path.name} is empty.", f"give it a header: {HEADER}") from None
    except (pd.errors.ParserError, UnicodeDecodeError, csv.Error):
        raise SemhError(
            f"{path.name} can't be read as CSV in UTF-8.", "save it as CSV (UTF-8) and try again"
        ) from None


def write_pairs(pairs: pd.DataFrame, out: Path) -> None:
    """Write `left_id, right_id, probability` as CSV, owner-only, in place whole or not at all.

    Raises OSError when it can't be written; what stood there before is then untouched.
    """
    beside = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as text:
            pairs[["left_id", "right_id", "probability"]].to_csv(text, index=False)
            text.flush()
            os.fsync(text.fileno())
        os.replace(beside, out)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


HEADER = ", ".join(("unique_id", *FIELDS[:5]))
