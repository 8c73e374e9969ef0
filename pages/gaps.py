"""When places run short, how surely, and where children would go meanwhile, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from models import codes
from models.likely import odds, short_by
from pages.ahead_read import rows_of
from pages.blocks import (
    About,
    Bar,
    BarFigure,
    Block,
    Details,
    Fan,
    FanFigure,
    Note,
    Section,
    Table,
    Text,
)
from pages.view import View
from pages.words import number, sentence_case

SEMH, ALL = "SEMH", "all"
KEYS = ["designation", "phase", "locality"]
EVEN = 0.5
"""As likely as not."""
_SOURCE = "Source: EHC plans, places commissioned, waits for a place, and the simulated futures."


def shortages(view: View) -> Sequence[Block]:
    """Sections on gaps and on where children go meanwhile; why not, where nothing is known."""
    openings = rows_of(view, "gap_opening")
    if openings.empty:
        return _nothing(view)
    return (_when(view, openings), *_meanwhile(view, openings))


def headline(view: View) -> str:
    """What is ahead for SEMH places, to follow the page's own finding; empty where not known."""
    rows = rows_of(view, "gap")
    rows = rows[(rows[KEYS] == [SEMH, ALL, ALL]).all(axis=1)].sort_values("year")
    if rows.empty or rows["chance"].iloc[-1] < EVEN:
        return ""
    last, opens = rows.iloc[-1], rows[rows["chance"] >= EVEN]["year"].iloc[0]
    short = f"{short_by(last['gap_q10'], last['gap_q90'])} by January {last['year']}"
    if opens == rows["year"].iloc[0]:
        return f"; SEMH places are already short, and likely to be short {short}"
    return f"; SEMH places are likely to run short from January {opens}"


def _nothing(view: View) -> Sequence[Block]:
    notes = rows_of(view, "outlook_note")
    why = notes[notes["part"].isin(["futures", "places"])]
    if why.empty:
        return ()
    words = " ".join(f"{sentence_case(str(p))}." for p in why["problem"])
    return (Section("When will places run short?", (Note("Not worked out", words),)),)


def _when(view: View, openings: pd.DataFrame) -> Section:
    mine = openings[openings["designation"] == SEMH]
    rest = openings[openings["designation"] != SEMH]
    both = (mine["phase"] != ALL) & (mine["locality"] != ALL)
    parts: list[Block] = [*_figure(view), *_table(view, mine[~both], "SEMH places")]
    if both.any():
        words = "SEMH places by phase and locality"
        parts.append(Details(words, tuple(_table(view, mine[both], words))))
    if len(rest):
        parts.append(
            Details("Places for other needs", tuple(_table(view, rest, "Places for other needs")))
        )
    if not (openings["locality"] != ALL).any():
        words = "Where in the borough places run short is shown to those who are signed in."
        parts.append(Note("By locality for those signed in", words, "none"))
    return Section("When will places run short?", tuple(parts), _subtitle(view), "gaps")


def _subtitle(view: View) -> str:
    years = rows_of(view, "gap")["year"]
    return (
        f"Children who will need a specialist place against the places there will be,"
        f" {view.profile.name}, Januaries {years.min()} to {years.max()}"
    )


def _figure(view: View) -> list[Block]:
    """Need for SEMH places as a fan, and places as steps."""
    rows = rows_of(view, "gap")
    rows = rows[(rows[KEYS] == [SEMH, ALL, ALL]).all(axis=1)].sort_values("year")
    if rows.empty:
        return []
    years = tuple(int(y) for y in rows["year"])
    need = Fan(
        "Need",
        years,
        tuple(rows["need_q50"].astype(float)),
        _pairs(rows, "need_q10", "need_q90"),
        _pairs(rows, "need_q025", "need_q975"),
    )
    last = rows.iloc[-1]
    return [
        FanFigure(
            id="gap-semh",
            title=_gap_title(rows),
            subtitle=f"Children who need a specialist SEMH place, and places, {view.profile.name}",
            table=_gap_table(rows),
            about=_about(view, "semh-need-and-places"),
            note=(
                f"In January {last['year']}, {number(last['need_q10'])} to"
                f" {number(last['need_q90'])} children are likely to need one of"
                f" {number(last['places'])} places; we would be surprised by fewer than"
                f" {number(last['need_q025'])} or more than {number(last['need_q975'])}."
            ),
            past=((years[0] - 1, float(rows["now"].iloc[0])),),
            fans=(need,),
            capacity=tuple(zip(years, (float(p) for p in rows["places"]), strict=True)),
            capacity_name="Places",
        )
    ]


def _gap_title(rows: pd.DataFrame) -> str:
    last = rows.iloc[-1]
    if last["chance"] < EVEN:
        return f"SEMH places are likely to be enough to {last['year']}"
    return f"SEMH: likely short {short_by(last['gap_q10'], last['gap_q90'])} in {last['year']}"


def _pairs(rows: pd.DataFrame, low: str, high: str) -> tuple[tuple[float, float], ...]:
    return tuple(zip(rows[low].astype(float), rows[high].astype(float), strict=True))


def _gap_table(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (f"January {r['year']}", number(r["places"]), _between(r, "need_q10", "need_q90"),
             _between(r, "need_q025", "need_q975"), odds(r["chance"]))
            for r in rows.to_dict("records")
        ],
        columns=["When", "Places", "Children, likely", "We would be surprised outside",
                 "Chance of too few places"],
    )  # fmt: skip


def _between(row: dict[Any, Any], low: str, high: str) -> str:
    return f"{number(row[low])} to {number(row[high])}"


def _table(view: View, openings: pd.DataFrame, what: str) -> list[Block]:
    """Groups that can be told of, those short soonest and most surely first."""
    if openings.empty:
        return []
    order = openings.assign(when=openings["opens"].fillna(9999).astype(int))
    order = order.sort_values(["when", "chance", *KEYS], ascending=[True, False, True, True, True])
    gap = rows_of(view, "gap")
    last = gap[gap["year"] == gap["year"].max()].set_index(KEYS)
    rows = [_row(view, row, last) for row in order.to_dict("records")]
    year = int(gap["year"].max())
    columns = ["Places for", "Living in", "Short from", "How sure", f"By January {year}",
               "Children now", f"Places in {year}"]  # fmt: skip
    return [
        Table(f"{what}: when they run short, soonest and surest first",
              pd.DataFrame(rows, columns=columns), file=f"{what.lower().replace(' ', '-')}-ahead")
    ]  # fmt: skip


def _row(view: View, row: dict[Any, Any], last: pd.DataFrame) -> tuple[str, ...]:
    at = last.loc[tuple(row[k] for k in KEYS)]
    never = pd.isna(row["opens"])
    first = row["opens"] == rows_of(view, "gap")["year"].min()
    when = (
        f"Not by {row['last_year']}" if never else "Already" if first else f"January {row['opens']}"
    )
    short = "likely enough" if never else f"short {short_by(at['gap_q10'], at['gap_q90'])}"
    if not never and at["chance"] < EVEN:
        short = "likely enough again"
    sure = f"{odds(1 - row['chance'])}" if never else odds(row["chance"])
    return (
        f"{designation(str(row['designation']))}{_aged(str(row['phase']))}",
        place(view, str(row["locality"])), when, sure, short, number(at["now"]),
        number(at["places"]),
    )  # fmt: skip


def designation(code: str) -> str:
    """A designation as people say it."""
    if code in (SEMH, "MLD", "SLD"):
        return {"SEMH": "SEMH", "MLD": "Moderate learning difficulty",
                "SLD": "Severe learning difficulty"}[code]  # fmt: skip
    return {"ASD": "Autism", "OTH": "Other needs"}.get(code, codes.DESIGNATION.get(code, code))


def _aged(phase: str) -> str:
    return ", all ages" if phase == ALL else f", {phase}"


def place(view: View, locality: str) -> str:
    """A locality's name, or the borough."""
    names = {one.id: one.name for one in view.profile.localities}
    return "the whole borough" if locality == ALL else names.get(locality, locality)


def _meanwhile(view: View, openings: pd.DataFrame) -> list[Block]:
    """Where children without a SEMH place would be in the last year, and by phase in words."""
    rows = rows_of(view, "overflow")
    rows = rows[(rows[KEYS] == [SEMH, ALL, ALL]).all(axis=1) & (rows["year"] == rows["year"].max())]
    whole = rows[rows["destination"] == ALL]
    if whole.empty or whole["mean"].iloc[0] < 1:
        return []
    listed = rows[rows["destination"] != ALL].sort_values("mean", ascending=False)
    top, year = listed.iloc[0], int(rows["year"].iloc[0])
    total = whole.iloc[0]
    figure = BarFigure(
        id="meanwhile-semh",
        title=f"{odds(top['share'])}: {top['destination']}",
        subtitle=(
            f"Children who need a SEMH place in January {year} and for whom none is free,"
            f" {view.profile.name}, likely range"
        ),
        table=_meanwhile_table(listed),
        about=_about(view, "semh-meanwhile"),
        note=(
            f"Likely {_between(total, 'q10', 'q90')} children in all. No school is taken to"
            " hold more than its places; the rest go where such children went before."
        ),
        bars=tuple(
            Bar(_brief(str(r["destination"])), float(r["mean"]), number(r["mean"]),
                float(r["q10"]), float(r["q90"]))
            for r in listed.to_dict("records")
        ),
    )  # fmt: skip
    title = "Where would children go meanwhile?"
    return [Section(title, (figure, *_by_phase(openings)), anchor="meanwhile")]


_BRIEF = {
    "a mainstream school": "Mainstream", "a mainstream school, part time": "Mainstream, part time",
    "an independent school in the borough": "Independent, in the borough",
    "an independent school outside the borough": "Independent, outside",
    "a special school in another borough": "Special, outside", "another arrangement": "Other",
}  # fmt: skip
"""Names of bars, which stand in little room; the table has them in full."""


def _brief(destination: str) -> str:
    return _BRIEF.get(destination, sentence_case(destination))


def _meanwhile_table(listed: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (sentence_case(str(r["destination"])), number(r["mean"]), _between(r, "q10", "q90"),
             odds(r["share"]))
            for r in listed.to_dict("records")
        ],
        columns=["Where", "Children, expected", "Likely", "Share"],
    )  # fmt: skip


def _by_phase(openings: pd.DataFrame) -> list[Block]:
    mine = openings[(openings["designation"] == SEMH) & (openings["locality"] == ALL)]
    mine = mine[(mine["phase"] != ALL) & (mine["meanwhile"] != "")]
    return [Text(f"{sentence_case(str(r['phase']))}. {r['meanwhile']}")
            for r in mine.to_dict("records")]  # fmt: skip


def _about(view: View, file: str) -> About:
    made_up = " Synthetic data." if view.synthetic else ""
    rows = rows_of(view, "outlook_assumption")
    rows = rows[rows["part"] == "places"].sort_values("seq")
    words = tuple(f"{r['what']}: {r['value']} ({r['source']})." for r in rows.to_dict("records"))
    return About(
        source=f"{_SOURCE}{made_up}",
        coverage="A forecast, not a count: likely is where 8 in 10 futures lie.",
        words=words, file=file,
    )  # fmt: skip
