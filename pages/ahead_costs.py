"""The money ahead on the out-of-borough cost page: what it will cost, and what would change it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from models.likely import range_words
from pages.ahead_places import places_away, what_pays_back
from pages.ahead_read import rows_of
from pages.blocks import (
    About,
    Block,
    Bullet,
    Bullets,
    Details,
    Fan,
    FanFigure,
    Note,
    Section,
    Step,
    Table,
    WaterfallFigure,
)
from pages.costs import PARTS, signed
from pages.view import View
from pages.words import pounds, sentence_case

SUBJECTS = {
    "oob_semh": ("oob_spend", "places outside the borough for children with SEMH"),
    "oob_all": ("sen_oob_spend", "places outside the borough for children with any need"),
}
"""Subjects of the fan, the first that is there: the measure of their past, and what they are."""
SOURCE = "Simulated futures, the commissioning register and the budget"


def money_ahead(view: View) -> Sequence[Block]:
    """Sections on the money ahead; why there are none, where nothing could be looked ahead."""
    rows = rows_of(view, "money_ahead")
    if rows.empty:
        return (Section("What will it cost?", (_nothing(view),)),)
    return (
        Section("What will it cost?", (*_cost(view, rows), _this_year(rows)), anchor="ahead"),
        *_section("What would change it: number, price, mix", _changed(view, rows)),
        *_section(
            "What does a place away cost in full, beside one more local place?",
            places_away(view, rows),
        ),
        *_section("When does building pay back?", what_pays_back(view, rows)),
        Details("What these figures take as given", (_given(view),)),
    )


def _section(title: str, parts: Sequence[Block]) -> tuple[Section, ...]:
    return (Section(title, tuple(parts)),) if parts else ()


def _nothing(view: View) -> Note:
    notes = rows_of(view, "outlook_note")
    why = notes[notes["part"].isin(["money", "futures"])]["problem"]
    said = "; ".join(dict.fromkeys(why)) or "nothing has been looked ahead yet"
    return Note("Not looked ahead", f"{sentence_case(said)}.")


def of(rows: pd.DataFrame, subject: str, component: str) -> pd.DataFrame:
    """Rows of one subject and component by year."""
    found = rows[(rows["subject"] == subject) & (rows["component"] == component)]
    return found.sort_values("year").reset_index(drop=True)


def year_words(year: int) -> str:
    """A financial year as people write it, by the calendar year it starts in."""
    return f"{year}/{(year + 1) % 100:02d}"


def likely(row: pd.Series) -> str:
    """Likely between A and B; we would be surprised below C or above D, in pounds."""
    words = range_words(row["q025"], row["q10"], row["q90"], row["q975"], "£")
    return re.sub(r"£([\d,]+)", lambda m: pounds(float(m[1].replace(",", ""))), words)


def _cost(view: View, rows: pd.DataFrame) -> list[Block]:
    subject = next((s for s in SUBJECTS if len(of(rows, s, "all"))), None)
    if subject is None:
        words = "Too few children are placed outside the borough for their cost to be looked ahead."
        return [Note("Hidden [c] so that no child can be identified", words)]
    ahead, (metric_id, what) = of(rows, subject, "all"), SUBJECTS[subject]
    past = _past(view, metric_id, int(ahead["year"].iloc[0]))
    last = ahead.iloc[-1]
    return [
        FanFigure(
            id=f"fan-{subject}",
            title=_title(past, last),
            subtitle=f"Spending on {what}, pounds in the financial year, {view.profile.name}",
            table=_fan_table(past, ahead),
            about=About(SOURCE, words=tuple(_children(rows, subject)), file="out-of-borough-ahead"),
            note=(
                f"In {year_words(int(last['year']))} it is {likely(last)}. Dark band: 8 in 10 of"
                " the futures we tried. Pale band: 19 in 20."
            ),
            past=tuple(past),
            fans=(_fan(ahead),),
            money=True,
            financial=True,
        ),
        *simpler(view, "SEMH" if subject == "oob_semh" else "all", last),
    ]


def simpler(view: View, need: str, last: pd.Series) -> list[Note]:
    """What a simpler rule would make of the bill, where it did as well as the futures before.

    The rule forecasts children outside the borough, not money: the bill goes with their number.
    """
    rows = rows_of(view, "forecast")
    rows = rows[(rows["subject"] == "plans_away") & (rows["need"] == need)
                & (rows["year"] == last["year"] + 1)]  # fmt: skip
    rows = rows[(rows[["phase", "setting", "locality"]] == "all").all(axis=1)]
    by = rows.set_index("method")["mean"].to_dict()
    choice = rows_of(view, "forecast_choice")
    chosen = choice[(choice["subject"] == "plans_away") & (choice["need"] == need)
                    & (choice[["phase", "setting"]] == "all").all(axis=1)]  # fmt: skip
    method = str(chosen["method"].iloc[0]) if len(chosen) else "model"
    if method == "model" or method not in by or not by.get("model"):
        return []
    amount = pounds(float(last["q50"]) * by[method] / by["model"])
    words = (
        f"It foresees {by[method]:,.0f} children outside the borough in January"
        f" {int(last['year']) + 1}, these futures {by['model']:,.0f}. At its number the bill of"
        f" {year_words(int(last['year']))} would be about {amount}."
    )
    return [Note("A simpler rule did as well in the past", words, "none")]


def _past(view: View, metric_id: str, before: int) -> list[tuple[int, float]]:
    metric = view.metric(metric_id)
    points = view.points(metric) if metric else []
    return [
        (p.start.year, p.value) for p in points if p.value is not None and p.start.year < before
    ]


def _fan(ahead: pd.DataFrame) -> Fan:
    rows = ahead.to_dict("records")
    return Fan(
        "Ahead:", tuple(int(row["year"]) for row in rows), tuple(row["q50"] for row in rows),
        tuple((row["q10"], row["q90"]) for row in rows),
        tuple((row["q025"], row["q975"]) for row in rows),
    )  # fmt: skip


def _title(past: list[tuple[int, float]], last: pd.Series) -> str:
    if past and last["q10"] > past[-1][1]:
        return "Places outside the borough will likely cost more"
    if past and last["q90"] < past[-1][1]:
        return "Places outside the borough will likely cost less"
    return "Places outside the borough may cost more, or less"


def _fan_table(past: list[tuple[int, float]], ahead: pd.DataFrame) -> pd.DataFrame:
    lines = [(year_words(year), pounds(value), "", "") for year, value in past]
    lines += [
        (year_words(int(row["year"])), pounds(row["q50"]),
         f"{pounds(row['q10'])} to {pounds(row['q90'])}",
         f"{pounds(row['q025'])} to {pounds(row['q975'])}")
        for row in ahead.to_dict("records")
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=["Financial year", "Spent, or the middle of what lies ahead",
                                        "Likely", "We would be surprised outside"])  # fmt: skip


def _children(rows: pd.DataFrame, subject: str) -> list[str]:
    places = of(rows, subject, "places")
    if places.empty:
        return []
    first, last = places.iloc[0], places.iloc[-1]
    return [
        f"Children placed: {first['mean']:,.0f} on average in {year_words(int(first['year']))},"
        f" and in {year_words(int(last['year']))}"
        f" {range_words(last['q025'], last['q10'], last['q90'], last['q975'])}."
    ]


def _this_year(rows: pd.DataFrame) -> Bullets:
    """What this financial year is expected to come to, and the years after, in words."""
    items = [
        *_outturn(rows),
        *_known(rows),
        *_later(rows, "high_needs", "all", "The whole high-needs budget"),
        *_later(rows, "grant", "balance", "Balance of the grant"),
    ]
    return Bullets(
        "This year and the years after", "If nothing new is done: ranges, never promises",
        tuple(items), "The budget by month is not loaded, so this year's outturn is not known.",
    )  # fmt: skip


def _outturn(rows: pd.DataFrame) -> list[Bullet]:
    found = of(rows, "outturn", "all")
    if found.empty:
        return []
    row, said = found.iloc[0], of(rows, "outturn", "forecast")["mean"]
    words = f"{likely(row)}. Finance's own forecast is {pounds(float(said.iloc[0]))}."
    return [Bullet(f"High needs in {year_words(int(row['year']))}:", words,
                   "/measure/high_needs_forecast", "See the months")]  # fmt: skip


def _known(rows: pd.DataFrame) -> list[Bullet]:
    found = of(rows, "oob_semh", "known")
    if found.empty:
        return []
    row = found.iloc[0]
    words = f"{pounds(row['mean'])} {row['note']}; the rest of the year is looked ahead."
    return [Bullet("Places outside the borough for SEMH, so far this year:", words)]


def _later(rows: pd.DataFrame, subject: str, component: str, what: str) -> list[Bullet]:
    found = of(rows, subject, component)
    if len(found) < 2:
        return []
    row = found.iloc[-1]
    if row["q025"] < 0:
        return [Bullet(f"{what} at the end of {year_words(int(row['year']))}:", _debt(row))]
    return [Bullet(f"{what} in {year_words(int(row['year']))}:", f"{likely(row)}.")]


def _debt(row: pd.Series) -> str:
    """A balance, whose limits may lie below nought."""
    low, likely_low, likely_high, high = (_owed(row[n]) for n in ("q025", "q10", "q90", "q975"))
    return (
        f"likely between {likely_low} and {likely_high}; we would be surprised by more than {low}"
        f" or by better than {high}."
    )


def _owed(amount: float) -> str:
    return f"a {'deficit' if amount < 0 else 'surplus'} of {pounds(abs(amount))}"


def _changed(view: View, rows: pd.DataFrame) -> list[Block]:
    """Waterfalls of what changes the bills from this year to the last one looked at."""
    told = {
        "oob_all": "places outside the borough, any need",
        "high_needs": "all places the high-needs block pays for",
    }
    made = [_waterfall(view, rows, subject, what) for subject, what in told.items()]
    return [figure for figure in made if figure is not None]


def _waterfall(view: View, rows: pd.DataFrame, subject: str, what: str) -> WaterfallFigure | None:
    found = rows[rows["subject"] == f"{subject}_change"].set_index("component")
    if found.empty:
        return None
    mean, last = found["mean"], year_words(int(found["year"].iloc[0]))
    first = str(found["note"].iloc[0]).removeprefix("since ")
    parts = {name: float(mean[name]) for name in PARTS}
    steps = (
        Step(first, float(mean["before"]), pounds(float(mean["before"])), total=True),
        *(Step(name, amount, signed(amount)) for name, amount in parts.items()),
        Step(last, float(mean["after"]), pounds(float(mean["after"])), total=True),
    )
    return WaterfallFigure(
        id=f"ahead-{subject}",
        title=_largest(parts),
        subtitle=f"Spending on {what}, pounds in the year, {view.profile.name}, {first} to {last}",
        table=_parts_table(found, steps),
        about=About(SOURCE, words=(_EXACT,), file=f"what-changes-{subject}"),
        note="Expected amounts; the table has the range of each. Mix: dearer kinds of place.",
        steps=steps,
    )


_EXACT = (
    "Number is more or fewer child-years at the old mix and prices; mix the shift between kinds of"
    " place at old prices; price the rest. In every simulated future they add up to the change."
)


def _largest(parts: dict[str, float]) -> str:
    change = sum(parts.values())
    with_it = {name: amount for name, amount in parts.items() if amount * change > 0}
    if not with_it:
        return "The bill is not expected to change"
    name = max(with_it, key=lambda n: abs(with_it[n]))
    words = {"Number of places": "the number of places", "Mix of places": "the mix of places"}
    way = "rise" if change > 0 else "fall"
    return f"Most of the {way} comes from {words.get(name, 'what a place costs')}"


def _parts_table(found: pd.DataFrame, steps: Sequence[Step]) -> pd.DataFrame:
    keys, told = ["before", *PARTS, "after"], found.to_dict("index")
    lines = [
        _part(step, told[key], pounds if step.total else _way)
        for key, step in zip(keys, steps, strict=True)
    ]
    return pd.DataFrame(lines, columns=["Part", "Expected", "Likely"])


def _part(step: Step, row: dict[Any, Any], said: Callable[[float], str]) -> tuple[str, str, str]:
    return step.name, said(row["mean"]), f"{said(row['q10'])} to {said(row['q90'])}"


def _way(amount: float) -> str:
    """An amount that a spreadsheet does not take for a formula: £1.20 million more."""
    return f"{pounds(abs(amount))} {'more' if amount >= 0 else 'less'}"


def _given(view: View) -> Table:
    rows = rows_of(view, "outlook_assumption")
    rows = rows[rows["part"] == "money"].sort_values("seq")
    table = rows[["what", "value", "source"]].set_axis(["What", "Value", "Source"], axis=1)
    return Table("What the money ahead takes as given", table.reset_index(drop=True))
