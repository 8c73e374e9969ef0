"""Waits as a distribution: the middle one and the longest tenth, on one figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pages.blocks import Block, Line, LineFigure
from pages.figures import about, own_line, points_table, span_words, subtitle
from pages.view import View
from pages.words import short, value_words


def waits(view: View) -> Sequence[Block]:
    """Median and 90th percentile of the wait for CAMHS as two lines; nothing without both."""
    middle, longest = view.metric("camhs_wait_median"), view.metric("camhs_wait_p90")
    if middle is None or longest is None:
        return ()
    near, far = view.points(middle), view.points(longest)
    if not near or not far or near[-1].value is None or far[-1].value is None:
        return ()
    title = (
        f"Half wait up to {value_words(middle, near[-1].value)};"
        f" a tenth over {short(longest, far[-1].value)}"
    )
    lines = (own_line("Median", near), _bare(own_line("9 in 10 within", far, "england")))
    return (
        LineFigure(
            id="waits",
            title=title,
            subtitle=subtitle(view, middle, span_words(near)),
            table=points_table(middle, near).merge(
                points_table(longest, far)[["Period", "Figure"]].rename(
                    columns={"Figure": "90th percentile"}
                ),
                on="Period",
                how="left",
            ),
            about=about(view, longest),
            note="Half wait less than the median; nine in ten wait less than the upper line.",
            lines=lines,
        ),
    )


def _bare(line: Line) -> Line:
    """The line without its ranges, which would set the scale and are not drawn."""
    return replace(line, lower=(), upper=())
