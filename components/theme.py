"""Colours and shapes. Contrast of each pair in use is held by a test."""

from __future__ import annotations

INK = "#0b0c0c"
MUTED = "#484949"
LINE = "#cecece"
GRID = "#e4e5e6"
WHITE = "#ffffff"
TINT = "#f3f3f3"
BLUE = "#12436d"
GREY = "#6f6f6f"
PALE = "#a8a8a8"
CONCERN = "#d4500f"
IMPROVEMENT = "#1e8378"
BAND = "rgba(18,67,109,0.13)"
USUAL = "#ececec"

ROLES = {
    "own": BLUE,
    "england": "#3d3d3d",
    "neighbours": "#6f6f6f",
    "region": "#8c8c8c",
    "other": "#8c8c8c",
}
"""A line's colour by whose it is; the borough alone is coloured."""

TONES = {
    "concern": CONCERN,
    "improvement": IMPROVEMENT,
    "neutral": BLUE,
    "none": GREY,
    "unknown": WHITE,
}
"""The dot beside the words; never without the words."""

SEQUENTIAL = ("#e8f1fa", "#add1f1", "#6bace6", "#2073bc", "#12436d")
"""Map shades, least to most."""

_SHADES = [
    "#eaf1f7",
    "#d3e1ed",
    "#a6c3db",
    "#78a4c9",
    "#4b86b7",
    "#2a699c",
    "#1d5685",
    BLUE,
    "#0d3353",
    "#08233a",
]

MANTINE = {
    "fontFamily": "Arial, Helvetica, sans-serif",
    "headings": {"fontFamily": "Arial, Helvetica, sans-serif", "fontWeight": "700"},
    "primaryColor": "semh",
    "primaryShade": 7,
    "colors": {"semh": _SHADES},
    "defaultRadius": "sm",
    "black": INK,
}
