"""Colours, each with one meaning, and the contrast they must keep.

Source of the hues: Analysis Function colours for charts; contrast as WCAG 2.2 computes it.
"""

from __future__ import annotations

INK = "#0b0c0c"
SECONDARY = "#484949"
BORDER = "#cecece"
TINT = "#f3f3f3"
WHITE = "#ffffff"
LINK = "#12436d"
FOCUS = "#ffdd00"

OWN = "#12436D"
CONCERN = "#F46A25"
IMPROVE = "#28A197"
PLAIN = "#767676"
ENGLAND = "#767676"
NEIGHBOURS = "#949494"
REGION = "#3D3D3D"
GRID = "#e4e4e4"
NO_DATA = "#F2F2F2"

SEQUENTIAL = ("#ADD1F1", "#6BACE6", "#2073BC", "#12436D", "#092135")
"""Light to dark; neighbours in it differ too little to be told apart, so values are printed."""

CATEGORICAL = ("#12436D", "#28A197", "#801650", "#F46A25")
"""At most four; white lines stand between touching areas."""

TONES: dict[str, str] = {
    "concern": CONCERN,
    "worse": CONCERN,
    "improvement": IMPROVE,
    "better": IMPROVE,
    "neutral": OWN,
    "unknown": PLAIN,
}
"""The dot beside a status; the word beside it says the same."""

ROLES: dict[str, str] = {
    "own": OWN,
    "england": ENGLAND,
    "neighbours": NEIGHBOURS,
    "region": REGION,
    "other": CATEGORICAL[2],
}
"""Whose line it is."""


def luminance(colour: str) -> float:
    """Relative luminance of a #rrggbb colour, 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def text_on(colour: str) -> str:
    """Black or white, whichever reads better on a colour."""
    return WHITE if contrast(WHITE, colour) >= contrast(INK, colour) else INK
