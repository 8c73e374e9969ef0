"""Whether charts, limits and sentences of a snapshot follow from the figures that it shows.

They are worked out again from those alone. One that says more than they do was made from something
else, and may tell of a withheld figure.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from metrics.judged import judged_tables
from models.borough import Borough
from models.metric import Metric
from models.observation import OBSERVATION_COLUMNS
from publish.check import query
from publish.gather import code_version

COLUMNS = ", ".join(OBSERVATION_COLUMNS)


def unfounded(path: Path) -> list[str]:
    """What does not follow from the shown figures, in words; empty when all does.

    A snapshot that another version of this program made is held to its shown points only.
    """
    info = dict(query(path, "select key, value from info").itertuples(index=False, name=None))
    rows = query(path, f"select {COLUMNS} from observation where tier <> 'restricted'")
    found = _points(path, rows)
    if info.get("code_version") != code_version():
        return found
    profile = Borough.model_validate_json(info["profile"])
    documents = [
        json.loads(text) for text in query(path, "select document from metric")["document"]
    ]
    metrics = {d["id"]: _metric(d) for d in documents}
    areas = query(path, "select * from area")
    again = judged_tables(rows, metrics, areas, profile.targets)
    for table, expected in again.items():
        found += _differs(table, query(path, f"select * from {table}"), expected)
    return found


def _metric(document: dict[str, object]) -> Metric:
    return Metric.model_validate({k: v for k, v in document.items() if k in Metric.model_fields})


def _points(path: Path, rows: pd.DataFrame) -> list[str]:
    """Points of charts whose figure is not shown, or shown to fewer readers."""
    head = rows[rows["area_kind"].eq("borough") & rows["breakdown"].eq("all")]
    points = query(path, "select metric_id, period_start, period_end, value from signal")
    both = points.merge(head, on=["metric_id", "period_start", "period_end"], how="left",
                        suffixes=("", "_shown"))  # fmt: skip
    wrong = ~((both["value"] - both["value_shown"]).abs() <= 1e-9 * both["value"].abs().clip(1.0))
    return [
        f"a chart of {row.metric_id} has a point for {row.period_start:%Y-%m-%d} that is not a"
        " shown figure"
        for row in both[wrong].itertuples()
    ]


def _differs(table: str, kept: pd.DataFrame, expected: pd.DataFrame) -> list[str]:
    """The metrics of which a table says other than what follows from the shown figures."""
    names = sorted(expected.columns)
    texts = []
    for frame in (kept, expected):
        frame = frame.reindex(columns=names).copy()
        for name in frame.columns:
            if frame[name].dtype.kind == "f":
                frame[name] = frame[name].map("{:.9g}".format)
            elif "period" in name and name != "period_kind":
                frame[name] = pd.to_datetime(frame[name]).dt.strftime("%Y-%m-%d")
        frame = frame.astype(object).where(frame.notna(), "")
        texts.append(frame.astype(str).groupby("metric_id").apply(_text))
    one, other = (t if len(t) else pd.Series(dtype=str) for t in texts)
    every = sorted(set(one.index) | set(other.index))
    return [
        f"table {table} says something of {metric} that the shown figures do not"
        for metric in every
        if one.get(metric) != other.get(metric)
    ]


def _text(frame: pd.DataFrame) -> str:
    return "\n".join(sorted("|".join(row) for row in frame.itertuples(index=False, name=None)))
