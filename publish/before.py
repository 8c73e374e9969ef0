"""What readers already know of a figure: earlier releases, and national statistics of the borough.

An earlier snapshot that is still kept has been read. What it withheld stays withheld, or the new
figure would give its neighbours away; what it showed is known, and shelters nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from models.borough import Borough
from models.observation import Tier
from models.principal import Principal
from publish.classify import KEY, shown
from publish.snapshot import Snapshot

SEEN = [*KEY, "period_kind", "tier", "numerator", "denominator", "shown", "exact"]
"""Of a figure seen elsewhere: its numbers, whether it was shown, and whether unrounded."""
READER = Principal("release to release", Tier.PARTNER)
"""Everyone's and partners' figures; restricted ones are known to their own school only."""

OTHER, SAME = 1, 2
"""How surely a figure is known: shown before with another number, or with this one."""


@dataclass(frozen=True)
class Known:
    """For each figure: whether it was withheld before, and 0, OTHER or SAME if it was shown."""

    withheld: np.ndarray
    level: np.ndarray


def seen_in(paths: Iterable[Path], reader: Principal = READER) -> pd.DataFrame:
    """Every figure that releases showed this reader or withheld (columns SEEN), each once."""
    return union([_seen(Snapshot(path), reader) for path in paths]).drop_duplicates()


def _seen(snapshot: Snapshot, reader: Principal) -> pd.DataFrame:
    rows = snapshot.release(reader)
    rows = rows[shown(rows) | rows["status"].eq("suppressed")]
    # As it was written, whatever fields a profile has had since.
    rules = json.loads(snapshot.info(reader)["profile"])["thresholds"]
    plain = [rule["tier"] for rule in rules if rule.get("round_to", 1) == 1]
    return rows.assign(shown=shown(rows), exact=rows["tier"].isin(plain))[SEEN]


def national(
    published: pd.DataFrame, metrics: Iterable[dict[str, object]], profile: Borough
) -> pd.DataFrame:
    """Counts of the borough itself that national statistics print, as figures of ours (SEEN).

    `published` is the snapshot's table; `metrics` are documents with id, kind and comparator. A
    printed count is for a figure of ours when its period has the same kind and ends in the same
    month, or is the same days.
    """
    pairs = [
        (m["id"], m["comparator"]["series"], m["comparator"].get("category", "all"))  # type: ignore[index, attr-defined]
        for m in metrics
        if m["kind"] == "count" and m.get("comparator")
    ]
    wanted = pd.DataFrame(pairs, columns=["metric_id", "series", "category"])
    own = published[published["area_code"].eq(profile.ons_code) & published["value"].notna()]
    found = own.merge(wanted, on=["series", "category"])
    return found.assign(
        area_kind="borough", area_id=profile.ons_code, breakdown="all", category="all",
        numerator=found["value"], denominator=np.nan, shown=True, exact=True, tier="open",
    )[SEEN]  # fmt: skip


def dated_as(rows: pd.DataFrame, printed: pd.DataFrame) -> pd.DataFrame:
    """Printed figures under the dates that our own rows of the same period have (SEEN)."""
    own = rows.loc[
        rows["area_kind"].eq("borough") & rows["breakdown"].eq("all"),
        ["metric_id", "period_start", "period_end", "period_kind"],
    ]
    both = own.merge(printed, on="metric_id", suffixes=("", "_printed"))
    end, other = both["period_end"], both["period_end_printed"]
    same = both["period_start"].eq(both["period_start_printed"]) & end.eq(other)
    month = end.dt.year.eq(other.dt.year) & end.dt.month.eq(other.dt.month)
    return both[same | (month & both["period_kind"].eq(both["period_kind_printed"]))][SEEN]


def recall(rows: pd.DataFrame, seen: pd.DataFrame) -> Known:
    """What is known of each row (KEY, numerator, denominator) from figures seen (SEEN)."""
    size = len(rows)
    if seen.empty:
        return Known(np.zeros(size, dtype=bool), np.zeros(size, dtype=int))
    both = rows[[*KEY, "numerator", "denominator"]].assign(at=np.arange(size))
    both = both.merge(seen, on=KEY, suffixes=("", "_seen"))
    same = _equal(both, "numerator") & _equal(both, "denominator")
    level = np.zeros(size, dtype=int)
    np.maximum.at(level, both["at"], np.where(both["shown"], np.where(same, SAME, OTHER), 0))
    withheld = np.zeros(size, dtype=bool)
    withheld[both.loc[~both["shown"].astype(bool), "at"]] = True
    return Known(withheld, level)


def _equal(both: pd.DataFrame, name: str) -> pd.Series:
    was = both[f"{name}_seen"]
    return was.isna() | ((was - both[name]).abs() < 1e-9)


def only_equal(rows: pd.DataFrame, printed: pd.DataFrame) -> pd.DataFrame:
    """Printed figures that say what ours do; another number may be of something else."""
    dated = dated_as(rows, printed)
    both = dated.merge(rows[[*KEY, "numerator"]], on=KEY, suffixes=("", "_own"))
    return both[(both["numerator"] - both["numerator_own"]).abs() < 1e-9][SEEN]


def union(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Several frames of SEEN as one."""
    full = [frame[SEEN] for frame in frames if len(frame)]
    return pd.concat(full, ignore_index=True) if full else pd.DataFrame(columns=SEEN)
