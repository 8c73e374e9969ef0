"""A place away in full beside a local one, when building pays back, and what early help avoids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pages.ahead_read import rows_of
from pages.blocks import Block, Bullet, Bullets, Note, Table
from pages.view import View
from pages.words import number, pounds, times

PARTS = (
    ("Fee: education, health and care", "fee"),
    ("Place funding paid beside the fee", "place_funding"),
    ("Transport", "transport"),
    ("In all, from public money", "all"),
    ("Of it, paid by health and social care", "joint"),
    ("Left to the council's education budget", "council"),
)
_HIDDEN = "[c]"


def places_away(view: View, rows: pd.DataFrame) -> Sequence[Block]:
    """The full cost of a place away beside a local special school place, part by part."""
    out, local = (_of(rows, s) for s in ("place_away", "place_local"))
    if out.empty and local.empty:
        return [Note("Hidden so that no provider's price is given away", _FEW)]
    lines = [(words, _pounds(out, part), _pounds(local, part)) for words, part in PARTS]
    lines.append(("What one more child adds", _pounds(out, "all"), _pounds(local, "next_child")))
    columns = ["Pounds a year", "Outside the borough", "Local special school"]
    return [
        Table("A place for a child with SEMH, in full", pd.DataFrame(lines, columns=columns),
              numeric=tuple(columns[1:]), file="place-away-and-local"),
        Note("How to read it", _said(out, local), "none"),
    ]  # fmt: skip


_FEW = "A price is shown only where ten children and three providers or more stand behind it."


def _of(rows: pd.DataFrame, subject: str) -> pd.DataFrame:
    return rows[rows["subject"] == subject].set_index("component")


def _pounds(found: pd.DataFrame, part: str) -> str:
    if found.empty or part not in found.index:
        return _HIDDEN
    return pounds(float(found.loc[part, "mean"]))  # type: ignore[arg-type]


def _said(out: pd.DataFrame, local: pd.DataFrame) -> str:
    words = [f"Behind each price: {_behind(out)} outside the borough, {_behind(local)} here."]
    if not out.empty and not local.empty:
        away, more = (float(f.loc[p, "mean"]) for f, p in ((out, "all"), (local, "next_child")))  # type: ignore[arg-type]
        if more > 0:
            words.append(
                f"One more child outside the borough costs {times(away / more)} one more in a local"
                " place whose place funding is already paid."
            )
    if not out.empty and "joint" not in out.index:
        words.append(
            "What health and social care pay is hidden [c]: too few children have such a share."
        )
    words.append("Children away may have greater needs: the two are not quite like for like.")
    return " ".join(words)


def _behind(found: pd.DataFrame) -> str:
    if found.empty:
        return "too few to tell"
    behind, _, basis = str(found.loc["all", "note"]).partition("; ")
    return behind if basis == "places of this kind" else f"{behind} ({basis})"


def what_pays_back(view: View, rows: pd.DataFrame) -> Sequence[Block]:
    """Schemes with their break-even and present value, and what early help could avoid."""
    schemes = rows_of(view, "break_even")
    blocks: list[Block] = []
    if schemes.empty:
        blocks.append(Note("No scheme to weigh", "No list of places that could be built is loaded,"
                           " or the price of a place away may not be shown."))  # fmt: skip
    else:
        blocks += [_schemes(view, schemes), Note("How to read it", f"{schemes['note'].iloc[0]}"
                   f" {_HOW}", "none")]  # fmt: skip
    early = _early(rows)
    return [*blocks, early] if early else blocks


_HOW = (
    "A place-year is one place filled for a year by a child who would else be away. Worth is"
    " discounted by the Green Book over 25 years, in today's prices."
)


def _schemes(view: View, schemes: pd.DataFrame) -> Table:
    names = view.area_names("locality")
    ordered = schemes.sort_values("npv", ascending=False)
    lines = [_scheme(row, names) for row in ordered.to_dict("records")]
    columns = ["Scheme", "To build", "Place-years to break even", "Worth over 25 years",
               "Paid back by"]  # fmt: skip
    table = pd.DataFrame(lines, columns=columns)
    caption = "Schemes that could be built, by what they are worth"
    return Table(caption, table, file="when-building-pays-back")


def _scheme(row: dict[Any, Any], names: dict[str, str]) -> tuple[str, ...]:
    where = names.get(str(row["locality"]), str(row["locality"]).capitalize())
    return (
        f"{row['name']}: {number(row['places'])} places, {where}", pounds(row["capital"]),
        _even(row),
        f"{pounds(row['npv'])} ({pounds(row['npv_low'])} to {pounds(row['npv_high'])})",
        _back(row),
    )  # fmt: skip


def _even(row: dict[Any, Any]) -> str:
    """Place-years of the whole scheme, with their range."""
    if pd.isna(row["median"]):
        return "never: a local place saves nothing"
    middle, low = (number(row[n] * row["places"]) for n in ("median", "low"))
    high = "never" if pd.isna(row["high"]) else number(row["high"] * row["places"])
    return f"{middle} ({low} to {high})"


def _back(row: dict[Any, Any]) -> str:
    share = f"in {row['pays_back'] * 100:.0f} of 100 futures"
    if pd.isna(row["year"]):
        return f"not within 25 years in most; {share}"
    year = int(row["year"])
    return f"{year}/{(year + 1) % 100:02d}; {share}"


def _early(rows: pd.DataFrame) -> Bullets | None:
    """What early help costs beside what a plan costs, with the assumption beside it."""
    found = _of(rows, "early_help")
    if found.empty:
        return None
    items = [_bullet(found, part, words) for part, words in _EARLY if part in found.index]
    return Bullets("What could early help avoid?", "An illustration: read the assumption beside it",
                   tuple(items))  # fmt: skip


_EARLY = (
    ("plan", "A plan for SEMH costs"),
    ("avoided", "Cost avoided"),
    ("cost", "An intervention costs"),
    ("one_in", "Break-even"),
)


def _bullet(found: pd.DataFrame, part: str, subject: str) -> Bullet:
    mean, note = float(found.loc[part, "mean"]), str(found.loc[part, "note"])  # type: ignore[arg-type]
    if part == "one_in":
        return Bullet(
            f"{subject}:",
            f"one plan made unnecessary among {number(mean)} children helped pays for the help.",
        )
    return Bullet(f"{subject}:", f"{pounds(mean)}, {note}.")
