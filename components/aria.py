"""Accessibility attributes, whose names have a hyphen."""

from __future__ import annotations

from typing import Any


def aria(**said: str) -> dict[str, Any]:
    """`aria(label="Pages")` as properties of a component: `aria-label`."""
    return {f"aria-{name}": value for name, value in said.items()}
