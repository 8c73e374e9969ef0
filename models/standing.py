"""Where a figure stands against its target: by its interval, never by its rank among others."""

from __future__ import annotations

from typing import Literal, NamedTuple

from models.borough import Target

State = Literal["met", "near", "off", "none"]


class Standing(NamedTuple):
    """`state`, and whether the figure's interval lies wholly on that side of the target.

    `sure` is None where the figure has no interval: a count of everything is what it is.
    """

    state: State
    sure: bool | None


def standing(
    value: float | None,
    lower: float | None,
    upper: float | None,
    target: Target | None,
    polarity: str,
) -> Standing:
    """How a value in the metric's unit, with its 95 % limits, stands against a target.

    met: at or past the target on the good side. near: off by no more than the tolerance. off:
    further off. none: no target, no value, or a metric that has no good side. Source: Fingertips'
    rule, the figure's interval against the benchmark's value.
    """
    if target is None or value is None or value != value or polarity not in ("high", "low"):
        return Standing("none", None)
    sign = 1 if polarity == "high" else -1
    ahead = sign * (value - target.value)
    state: State = "met" if ahead >= 0 else "near" if -ahead <= target.tolerance else "off"
    if lower is None or upper is None or lower != lower or upper != upper:
        return Standing(state, None)
    return Standing(state, not lower < target.value < upper)
