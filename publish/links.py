"""Which published figures add up to which: the identities a reader can use."""

from __future__ import annotations

import pandas as pd

PERIOD = ["metric_id", "period_start", "period_end"]
NEARLY = 0.1
"""A finer link is believed where, over a metric, parts miss their wholes by at most this share."""


def link(rows: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Each part and the whole it belongs to: `part, whole` (positions in rows), `identity`.

    The categories of each breakdown, localities, and bodies add up to the borough; wards to their
    locality. Schools add up to the phase they teach, and providers to their type, where the
    metric is broken down so and its own figures bear it out.
    """
    spots = rows[[*PERIOD, "area_kind", "area_id", "breakdown", "category", "people_count"]]
    spots = spots.assign(at=range(len(rows)))
    head = spots.query("area_kind == 'borough' and breakdown == 'all'")
    cuts = spots.query("area_kind == 'borough' and breakdown != 'all'")
    links = [_to_head(cuts, head, cuts["breakdown"])]
    for kind in ("locality", "ward", "school", "provider"):
        parts = spots[spots["area_kind"] == kind]
        links.append(_areas(parts, spots, head, areas, kind))
    return pd.concat(links, ignore_index=True)


def _to_head(parts: pd.DataFrame, head: pd.DataFrame, name: pd.Series | str) -> pd.DataFrame:
    found = parts.assign(name=name).merge(head[[*PERIOD, "at"]], on=PERIOD, suffixes=("", "_whole"))
    return _shape(found)


def _shape(found: pd.DataFrame) -> pd.DataFrame:
    identity = found["at_whole"].astype(str) + " " + found["name"].astype(str)
    return pd.DataFrame({"part": found["at"], "whole": found["at_whole"], "identity": identity})


def _areas(
    parts: pd.DataFrame, spots: pd.DataFrame, head: pd.DataFrame, areas: pd.DataFrame, kind: str
) -> pd.DataFrame:
    if parts.empty:
        return _to_head(parts, head, kind)
    if kind == "locality":
        return _to_head(parts, head, kind)
    wholes = _wholes(spots, kind)
    nested = _nested(parts, wholes, areas, kind)
    rest = parts[~parts["at"].isin(nested["at"])]
    return pd.concat([_shape(nested), _to_head(rest, head, kind)], ignore_index=True)


def _wholes(spots: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The figures that parts of this kind may add up to, below the borough; `key` names each."""
    if kind == "ward":
        found = spots[spots["area_kind"] == "locality"]
        return found.assign(key=found["area_id"])
    breakdown = "phase" if kind == "school" else "provider_type"
    found = spots[(spots["area_kind"] == "borough") & (spots["breakdown"] == breakdown)]
    return found.assign(key=found["category"])


def _nested(
    parts: pd.DataFrame, wholes: pd.DataFrame, areas: pd.DataFrame, kind: str
) -> pd.DataFrame:
    """Parts with a finer whole, in the metrics whose figures bear the link out."""
    key = "parent_id" if kind == "ward" else "grouping"
    known = areas.loc[areas["area_kind"] == kind, ["area_id", key]].rename(columns={key: "key"})
    found = parts.merge(known.dropna(), on="area_id").merge(
        wholes[[*PERIOD, "key", "at", "people_count"]], on=[*PERIOD, "key"], suffixes=("", "_whole")
    )
    sums = found.groupby("at_whole").agg(
        metric_id=("metric_id", "first"),
        parts=("people_count", "sum"),
        whole=("people_count_whole", "first"),
    )
    sums["gap"] = (sums["parts"] - sums["whole"]).abs()
    by_metric = sums.groupby("metric_id")[["gap", "whole"]].sum()
    believed = by_metric.index[by_metric["gap"] <= NEARLY * by_metric["whole"]]
    return found[found["metric_id"].isin(believed)].assign(name=kind)
