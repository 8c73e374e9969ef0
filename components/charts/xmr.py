"""XmR charts: is the change more than chance? Limits, and special causes coloured and named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from components.charts.line import (
    date_range,
    end_value,
    name_room,
    short_words,
    tick_step,
    value_ticks,
)
from components.charts.plot import axis, layout, note, plot
from components.theme import BLUE, CONCERN, IMPROVEMENT, INK, PALE, USUAL
from components.viewport import narrow
from pages.blocks import LineFigure

COLOURS = {"concern": CONCERN, "improvement": IMPROVEMENT}


def draw_xmr(figure: LineFigure, signals: pd.DataFrame) -> Any:
    """The plot of a line figure that has signals: points, average and limits."""
    rows = signals.sort_values("period_end")
    rows = rows.assign(day=[pd.Timestamp(d).date().isoformat() for d in rows["period_end"]])
    shape = layout(
        margin={"l": 8, "r": name_room(), "t": 16, "b": 8},
        xaxis=_days(figure, rows),
        yaxis=axis(showgrid=True, nticks=6, rangemode="normal", **value_ticks(figure)),
        annotations=_names(figure, rows),
    )
    hollow = {day.isoformat() for line in figure.lines for day in line.hollow}
    return plot(figure.id, [*_limits(rows), _points(rows, hollow)], shape)


def _days(figure: LineFigure, rows: pd.DataFrame) -> dict[str, Any]:
    words = dict(zip(figure.lines[0].days, figure.lines[0].labels, strict=True))
    known = {day.isoformat(): text for day, text in words.items()}
    named = [known.get(day, day) for day in rows["day"]]
    days = list(rows["day"])[::-1][:: tick_step(named)][::-1]
    texts = [short_words(known.get(day, day)) for day in days]
    drawn = date_range([date.fromisoformat(day) for day in rows["day"]])
    return axis(type="date", range=drawn, tickmode="array", tickvals=days, ticktext=texts)


def _points(rows: pd.DataFrame, hollow: set[str]) -> dict[str, Any]:
    """Each month or term; hollow where its figure may still change."""
    colours = [COLOURS.get(str(d), BLUE) for d in rows["direction"]]
    special = [str(d) in COLOURS for d in rows["direction"]]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(rows["day"]),
        "y": list(rows["value"]),
        "line": {"color": BLUE, "width": 1.5},
        "marker": {
            "size": [(7 if narrow() else 11) if s else (4 if narrow() else 7) for s in special],
            "symbol": [
                ("diamond" if s else "circle") + ("-open" if day in hollow else "")
                for s, day in zip(special, rows["day"], strict=True)
            ],
            "color": colours,
            "opacity": 1,
        },
        "hovertemplate": "%{x|%B %Y}: <b>%{y:,.4~g}</b><extra></extra>",
    }


def _limits(rows: pd.DataFrame) -> list[dict[str, Any]]:
    # Limits that follow the time of year are a band: as lines they would read as three more series.
    days = list(rows["day"])
    if _seasonal(rows):
        return [_band(rows, days), _rule(days, rows["mean"], "solid", PALE)]
    dashes = {"mean": "solid", "upl": "dash", "lpl": "dash"}
    return [_rule(days, rows[name], dash, INK) for name, dash in dashes.items()]


def _seasonal(rows: pd.DataFrame) -> bool:
    return bool((rows["upl"] != rows["upl"].iloc[0]).any())


def _rule(days: list[str], heights: pd.Series, dash: str, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": days,
        "y": list(heights),
        "line": {"color": colour, "width": 1, "dash": dash},
        "hoverinfo": "skip",
    }


def _band(rows: pd.DataFrame, days: list[str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*days, *reversed(days)],
        "y": [*rows["upl"], *reversed(list(rows["lpl"]))],
        "fill": "toself",
        "fillcolor": USUAL,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _names(figure: LineFigure, rows: pd.DataFrame) -> list[dict[str, Any]]:
    last = rows.iloc[-1]
    if _seasonal(rows):
        low, high = (end_value(round(last[name], 1), figure) for name in ("lpl", "upl"))
        words = f"<span>Usual range<br>{low} to {high}</span>"
        return [note(words, xref="paper", x=1, y=last["mean"], xshift=6)]
    said = {"upl": "Upper limit", "mean": "Average", "lpl": "Lower limit"}
    return [
        note(
            f"{words}{'<br>' if narrow() else ' '}{end_value(round(last[name], 1), figure)}",
            x=last["day"],
            y=last[name],
        )
        | {"xshift": 10}
        for name, words in said.items()
        if pd.notna(last[name])
    ]
