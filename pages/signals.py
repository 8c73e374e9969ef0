"""Signals of the XmR rules and limits of funnels, where the snapshot has them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pages.view import View


def funnel_limits(
    view: View, metric_id: str, period_start: Any, mine: Any
) -> tuple[pd.DataFrame | None, str]:
    """Limits of chance by size, and what they say of one school; nothing where there are none."""
    return None, ""
