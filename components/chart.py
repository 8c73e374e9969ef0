"""The one chart factory: every chart of the product is made by a function named here."""

from components.bars import bars, stacked, waterfall
from components.control import funnel, xmr
from components.frame import figure
from components.lines import lines
from components.marks import (
    Band,
    Bar,
    Caption,
    Limits,
    Line,
    Multiple,
    Role,
    Spot,
    Step,
)
from components.spark import small_multiples, spark
from components.wardmap import ward_map

__all__ = [
    "Band",
    "Bar",
    "Caption",
    "Limits",
    "Line",
    "Multiple",
    "Role",
    "Spot",
    "Step",
    "bars",
    "figure",
    "funnel",
    "lines",
    "small_multiples",
    "spark",
    "stacked",
    "ward_map",
    "waterfall",
    "xmr",
]
