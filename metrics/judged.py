"""The snapshot's tables of what is more than chance, from protected observations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from metrics.funnels import funnels
from metrics.signals import signals
from models.borough import Target
from models.metric import Metric


def judged_tables(
    protected: pd.DataFrame,
    metrics: Mapping[str, Metric],
    areas: pd.DataFrame,
    targets: Sequence[Target] = (),
) -> dict[str, pd.DataFrame]:
    """Tables signal, signal_summary, funnel, funnel_point and funnel_limit, by name.

    `protected`: observations *after* disclosure control (OBSERVATION_COLUMNS): what is hidden there
    plays no part here. `metrics`: by id. `areas`: table `area`, for the phase of each school.
    `targets`: those of the borough profile. Columns as in `models.snapshot`.
    """
    schools = areas[(areas["area_kind"] == "school") & areas["phase"].notna()]
    phases = dict(zip(schools["area_id"], schools["phase"], strict=True))
    charts = signals(protected, metrics, targets)
    plots = funnels(protected, metrics, phases)
    return {
        "signal": charts.points,
        "signal_summary": charts.summary,
        "funnel": plots.summary,
        "funnel_point": plots.points,
        "funnel_limit": plots.limits,
    }
