"""Which figures one release revised in another: what is new, gone, changed, hidden or shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from models.principal import Principal
from models.settings import Settings
from publish.pointer import named
from publish.snapshot import Snapshot

KEYS = ["metric_id", "period_start", "period_end", "area_kind", "area_id", "breakdown", "category"]
CHANGES = ("new", "gone", "revised", "now hidden", "now shown", "other reason")
EXACT = 1e-9


def revisions(settings: Settings, before: str, after: str, reader: Principal) -> pd.DataFrame:
    """What changed for one reader between two snapshots, by id or its beginning.

    Columns: KEYS, `change` (one of CHANGES), `value_before, value_after, by` (in the measure's
    unit). Raises PublishError naming the snapshots there are, when one is not among them.
    """
    first, second = (Snapshot(named(settings, name)) for name in (before, after))
    both = first.release(reader).merge(
        second.release(reader), on=KEYS, how="outer", suffixes=("_before", "_after"), indicator=True
    )
    both["by"] = both["value_after"] - both["value_before"]
    both["change"] = _change(both)
    columns = [*KEYS, "change", "value_before", "value_after", "by"]
    return both.loc[both["change"] != "", columns].sort_values(KEYS).reset_index(drop=True)


def first_published(paths: Sequence[Path], reader: Principal) -> pd.DataFrame:
    """Every figure as it was first shown, of releases given newest first: KEYS and `value`."""
    frames = [Snapshot(path).release(reader)[[*KEYS, "value"]] for path in reversed(paths)]
    if not frames:
        return pd.DataFrame(columns=[*KEYS, "value"])
    shown = pd.concat(frames, ignore_index=True).dropna(subset=["value"])
    return shown.drop_duplicates(KEYS, ignore_index=True)


def _change(both: pd.DataFrame) -> pd.Series:
    had, has = both["value_before"].notna(), both["value_after"].notna()
    was, now = both["status_before"], both["status_after"]
    moved = (both["by"].abs() > EXACT * both["value_before"].abs().clip(lower=1)) & had & has
    change = pd.Series("", index=both.index)
    change = change.mask((was != now) & ~(had & has), "other reason").mask(moved, "revised")
    change = change.mask(had & (now == "suppressed"), "now hidden")
    change = change.mask(has & (was == "suppressed"), "now shown")
    return change.mask(both["_merge"] == "left_only", "gone").mask(
        both["_merge"] == "right_only", "new"
    )
