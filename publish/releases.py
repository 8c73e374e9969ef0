"""Releases side by side: what one shows used against another, with what other publishers print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from models.borough import Borough
from models.principal import Principal
from publish.before import SEEN, dated_as, national, seen_in, union
from publish.check import altered
from publish.classify import KEY, shown
from publish.outsider import Attack, Rules, attack
from publish.snapshot import Snapshot

TO_DO = "withdraw it: semh publish --withdraw"


def across_releases(
    snapshot: Snapshot,
    others: Sequence[Path],
    reader: Principal,
    borough: tuple[Borough, Rules],
    *,
    alone: bool,
) -> list[str]:
    """Leaks in words that a reader finds who also read other releases and national statistics.

    `others`: newest first. `alone`: hold each of them to today's thresholds by itself, too.
    """
    profile, rules = borough
    rows, mine = snapshot.release(reader), seen_in([snapshot.path], reader)
    seen = {path: seen_in([path], reader) for path in others}
    printed = _printed(snapshot, reader, profile, rows)
    leaks = [
        f"with what was known before, {words}"
        for words in _told(snapshot, reader, rows, union([*seen.values(), printed]), rules)
    ]
    for path, own in seen.items():
        # What is the same in both was attacked with the live one.
        if len(own.merge(mine, on=SEEN)) == len(own) and not (alone and altered(path)):
            continue
        rest = union([printed, *(frame for p, frame in seen.items() if p != path)])
        leaks += _one(Snapshot(path), reader, (mine, rest), rules, alone=alone)
    return leaks


def _one(
    other: Snapshot,
    reader: Principal,
    known: tuple[pd.DataFrame, pd.DataFrame],
    rules: Rules,
    *,
    alone: bool,
) -> list[str]:
    """Leaks of one earlier release: by itself, and through what the live one shows.

    `known`: what the live one shows, and what all others do. Without `alone`, what it tells
    without the live one is left out.
    """
    rows = other.release(reader)
    both = _told(other, reader, rows, union(known), rules)
    if not (both or alone):
        return []
    itself = _attack(other, reader, rows, rules).leaks
    anyway = [*itself, *_told(other, reader, rows, known[1], rules)] if both and not alone else []
    both = [words for words in both if words not in itself + anyway]
    itself = itself if alone else []
    return [
        *(f"release {other.id} tells by itself, {words}; {TO_DO} {other.id}" for words in itself),
        *(f"release {other.id} with the live one, {words}; {TO_DO} {other.id}" for words in both),
    ]


def _told(
    snapshot: Snapshot, reader: Principal, rows: pd.DataFrame, known: pd.DataFrame, rules: Rules
) -> list[str]:
    """Leaks in the metrics of which something withheld or absent here is known from elsewhere."""
    known = known[known["shown"].astype(bool)]
    new = known.merge(rows.loc[shown(rows), KEY], on=KEY, how="left", indicator=True)
    met = set(new.loc[new["_merge"] == "left_only", "metric_id"])
    if not met:
        return []
    documents = snapshot.metrics(reader)
    met = _related(met, documents)
    rows, known = rows[rows["metric_id"].isin(met)], known[known["metric_id"].isin(met)]
    return _attack(snapshot, reader, rows, rules, known).leaks


def _related(metrics: set[str], documents: list[dict[str, Any]]) -> set[str]:
    """These metrics with those they are part of, and those that are part of them."""
    pairs = [(d["id"], whole) for d in documents for whole in d.get("part_of", [])]
    return metrics | {x for pair in pairs if metrics & set(pair) for x in pair}


def _attack(
    snapshot: Snapshot,
    reader: Principal,
    rows: pd.DataFrame,
    rules: Rules,
    known: pd.DataFrame | None = None,
) -> Attack:
    areas = areas_of(snapshot, reader)
    return attack(rows, snapshot.metrics(reader), areas, rules, known)


def areas_of(snapshot: Snapshot, reader: Principal) -> pd.DataFrame:
    """The places a reader knows the whole of: wards in localities, schools in phases."""
    return pd.concat([snapshot.areas(reader, k) for k in ("ward", "school")], ignore_index=True)


def _printed(
    snapshot: Snapshot, reader: Principal, profile: Borough, rows: pd.DataFrame
) -> pd.DataFrame:
    """National statistics that a reader would take for figures of ours.

    Where both are shown most must say the same; a simulation is believed in no other case.
    """
    printed = dated_as(
        rows, national(snapshot.published(reader), snapshot.metrics(reader), profile)
    )
    both = printed.merge(rows.loc[shown(rows), [*KEY, "numerator"]], on=KEY, suffixes=("", "_own"))
    same = (both["numerator"] - both["numerator_own"]).abs() < 1e-9
    share = same.groupby(both["metric_id"]).mean()
    trusted = printed["metric_id"].map(share)
    if snapshot.info(reader).get("synthetic") != "true":
        trusted = trusted.fillna(1.0)
    return printed[trusted >= 0.5]
