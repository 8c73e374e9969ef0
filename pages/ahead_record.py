"""The record: how often past ranges held, what the council said, and when this would fail."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

import numpy as np
import pandas as pd

from models.likely import spread
from pages.ahead_read import PLANS, WHO, Range, base_of, rows_of
from pages.blocks import About, Block, Bullet, Bullets, Note, Section, Span, SpanFigure, Table
from pages.view import View
from pages.words import number
from scenarios.futures import Futures

MOST_SPANS = 12
_SOURCES = {
    "backtest": "worked out afterwards, with only what was known then",
    "kept": "published by this product before",
}


def scores_of(view: View, need: str) -> pd.DataFrame:
    """Past ranges of the borough's plans of a need with what came, oldest first."""
    rows = rows_of(view, "forecast_score")
    rows = rows[
        (rows["subject"] == PLANS) & rows["source"].isin(list(_SOURCES)) & (rows["need"] == need)
        & (rows[["phase", "setting"]] == "all").all(axis=1) & rows["q025"].notna()
    ]  # fmt: skip
    model = rows[rows["method"] == "model"]
    return (model if not model.empty else rows).sort_values(["origin", "year"])


def held_words(scores: pd.DataFrame) -> str:
    """Our past 95% ranges held 5 of 6 times."""
    held = int(scores["in_95"].sum())
    return f"Our past 95% ranges held {held} of {len(scores)} times"


def as_often(held: int, tried: int, meant: float = 0.95) -> bool:
    """Whether so few holding could well be chance, were the ranges as sure as they say."""
    chance = sum(comb(tried, k) * meant**k * (1 - meant) ** (tried - k) for k in range(held + 1))
    return chance >= 0.05


def record(view: View, need: str) -> list[Block]:
    """The section on how past forecasts did: this product's ranges and the council's own."""
    scores = scores_of(view, need)
    parts: list[Block] = [_spans(view, scores, need)] if len(scores) else [_NO_RECORD]
    council = rows_of(view, "council_forecast")
    if len(council):
        parts.append(_council(council))
    return [Section("How good past forecasts were", tuple(parts), anchor="record")]


_NO_RECORD = Note(
    "There is no record yet",
    "Too few Januaries have been counted to hold a past range against what came. Ranges published"
    " from now on are kept, and scored when their January is counted.",
)


def _spans(view: View, scores: pd.DataFrame, need: str) -> SpanFigure:
    shown = scores.tail(MOST_SPANS)
    spans = tuple(
        Span(
            f"January {row['year']}, said in {row['origin']}",
            float(row["q025"]), float(row["q975"]), float(row["actual"]), bool(row["in_95"]),
        )
        for row in shown.to_dict("records")
    )  # fmt: skip
    how = " and ".join(sorted({_SOURCES[str(s)] for s in scores["source"]}))
    return SpanFigure(
        id="past-ranges",
        title=held_words(scores),
        subtitle=(
            f"Range said in an earlier January (bar) and the number that came (mark), {WHO[need]}"
            f" with an EHC plan, {view.profile.name}"
        ),
        table=_score_table(scores),
        about=About(
            "Source: the futures of this page, made again from earlier Januaries.",
            f"Ranges were {how}.",
            (
                "A 95% range is meant to hold the number that comes 19 times in 20. Held much less"
                " often, our ranges are too narrow; always, with ease, they are too wide.",
            ),
            file="past-ranges",
        ),
        note=_all_words(scores),
        spans=spans,
    )


def _all_words(scores: pd.DataFrame) -> str:
    error = (scores["mean"] - scores["actual"]).to_numpy(dtype=float)
    off = float(np.abs(error / scores["actual"].to_numpy(dtype=float)).mean() * 100)
    side = "too high" if error.mean() > 0 else "too low"
    narrow = int(scores["in_80"].sum())
    return (
        f"The middle of the range was {off:.1f}% off on average, more often {side}. The narrower"
        f" range, meant to hold 8 times in 10, held {narrow} of {len(scores)} times."
    )


def _score_table(scores: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (
            f"January {row['year']}", f"January {row['origin']}",
            f"{number(row['q025'])} to {number(row['q975'])}", number(row["actual"]),
            "inside" if row["in_95"] else "outside",
        )
        for row in scores.to_dict("records")
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["For", "Said in", "95% range", "Came", "The range"])


def _council(council: pd.DataFrame) -> Table:
    rows = [
        (
            str(row["subject"]), str(row["said_in"]), str(row["for_period"]),
            number(row["said"]) if row["said"] == row["said"] else "[x]",
            number(row["happened"]) if row["happened"] == row["happened"] else "not known yet",
            str(row["unit"]), str(row["note"]), str(row["source"]),
        )
        for row in council.to_dict("records")
    ]  # fmt: skip
    columns = ["What", "Said in", "For", "Forecast", "What happened", "Unit", "Note", "Source"]
    caption = "What the council forecast before, and what happened"
    return Table(caption, pd.DataFrame(rows, columns=columns), file="council-forecasts")


def would_fail(futures: Futures, need: str, at: Range) -> Bullets:
    """What would have to be true for the forecast to fail, from the futures that end outside."""
    who = WHO[need]
    low, _, _, high = spread(at.widest[0], *at.likely, at.widest[1])
    items = [
        _end(futures, need, at, f"Above {number(high)} {who}:", above=True),
        _end(futures, need, at, f"Below {number(low)} {who}:", above=False),
        Bullet(
            "Something new:",
            "a change of law or funding, a new way to decide who has a plan, or records that were"
            " wrong. None of these is in the range: it rests on how children came and left before.",
        ),
    ]
    return Bullets(
        "What would have to be true for this to be wrong",
        f"January {at.year}, beside the middle of the range",
        tuple(items),
    )


def _end(futures: Futures, need: str, at: Range, subject: str, *, above: bool) -> Bullet:
    """Who came and left in the futures at one end, beside the middle."""
    i = futures.years.index(at.year)
    total = futures.children[:, i, futures.of_need(need)].sum(axis=1)
    cells = np.array([need in ("all", one) for one in futures.cells["need"]], dtype=bool)
    came = futures.joined[:, : i + 1, cells].sum(axis=(1, 2)) / (i + 1)
    left = came - (total - base_of(futures, need)) / (i + 1)
    edge = np.quantile(total, 0.95 if above else 0.05)
    ends = total >= edge if above else total <= edge
    words = (
        f"{_beside(came[ends], came)} children a year would newly have a plan, and"
        f" {_beside(left[ends], left)} would no longer have one."
    )
    return Bullet(subject, words)


def _beside(here: np.ndarray, middle: np.ndarray) -> str:
    there, usual = _ten(here), _ten(middle)
    return f"about {there}" if there == usual else f"about {there} (not {usual})"


def _ten(values: Sequence[float] | np.ndarray) -> str:
    return number(round(float(np.median(values)), -1))
