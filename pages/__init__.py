"""The pages people read, one module each, and what they say."""

MODULES = (
    "overview",
    "month",
    "demand",
    "ahead",
    "sufficiency",
    "pathways",
    "partnerships",
    "evidence",
    "workforce",
    "cost",
    "outcomes",
    "schools",
    "compare",
    "data",
    "glossary",
    "measure",
    "accessibility",
)
"""The modules that register a page when imported."""
