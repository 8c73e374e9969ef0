"""One reader's view of the live snapshot: lines of points, leading measures and comparators."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd

from models.borough import Borough, Target
from models.principal import Principal
from pages.points import Point, settled, to_points
from pages.statements import target_for
from publish.snapshot import Snapshot

SIX = ("sufficiency", "pathways", "partnerships", "evidence", "workforce", "outcomes")
"""The six priorities in the order of the strategy; cost belongs to outcomes and value for money."""

# The measure that stands for a priority, where the catalogue has it; else its first one.
_LEADS = {
    "sufficiency": ("semh_educated_in_borough",),
    "pathways": ("ehc_plans_within_20_weeks",),
    "demand": ("semh_ehc_plans",),
}


@lru_cache(maxsize=8)
def _profile(text: str) -> Borough:
    return Borough.model_validate(json.loads(text))


@dataclass(frozen=True)
class View:
    """What one reader sees of one snapshot."""

    snapshot: Snapshot
    principal: Principal

    @cached_property
    def info(self) -> dict[str, str]:
        """What is known of the snapshot itself."""
        return self.snapshot.info(self.principal)

    @property
    def profile(self) -> Borough:
        """The borough, as it was when the snapshot was made."""
        return _profile(self.info["profile"])

    @property
    def data_to(self) -> date | None:
        """The last day the data reach."""
        text = self.info.get("data_to", "")
        return date.fromisoformat(text[:10]) if text else None

    @property
    def synthetic(self) -> bool:
        """Whether local figures come from a simulated borough."""
        return self.info.get("synthetic") == "true"

    @cached_property
    def metrics(self) -> list[dict[str, Any]]:
        """Every measure, in order."""
        return self.snapshot.metrics(self.principal)

    def metric(self, metric_id: str) -> dict[str, Any] | None:
        """One measure, or None where there is none of that id."""
        return next((m for m in self.metrics if m["id"] == metric_id), None)

    def of(self, *priorities: str) -> list[dict[str, Any]]:
        """The measures of these priorities, the leading one first."""
        mine = [m for m in self.metrics if m["priority"] in priorities]
        leads = [lead for name in priorities for lead in _LEADS.get(name, ())]
        return sorted(mine, key=lambda m: leads.index(m["id"]) if m["id"] in leads else len(leads))

    def lead(self, *priorities: str) -> dict[str, Any] | None:
        """The first of these priorities' measures that has a figure to show."""
        mine = self.of(*priorities)
        return next((m for m in mine if any(p.shown for p in self.points(m))), None)

    @cached_property
    def _headlines(self) -> dict[str, list[Point]]:
        rows = self.snapshot.headlines(self.principal)
        return {str(name): to_points(group) for name, group in rows.groupby("metric_id")}

    def points(self, metric: dict[str, Any]) -> list[Point]:
        """The borough's own finished periods of one measure, oldest first."""
        return settled(self._headlines.get(metric["id"], []), self.data_to)

    def all_points(self, metric: dict[str, Any]) -> list[Point]:
        """As `points`, with a period that is still under way."""
        return self._headlines.get(metric["id"], [])

    def groups(self, metric: dict[str, Any], show: str) -> pd.DataFrame:
        """Observations of one measure by a breakdown or kind of area, with a `name` column."""
        if show in AREA_BREAKDOWNS:
            rows = self.snapshot.observations(
                self.principal, metric["id"], area_kind=AREA_BREAKDOWNS[show], breakdown="all"
            )
            return rows.assign(name=rows["area_id"].map(self.area_names(AREA_BREAKDOWNS[show])))
        rows = self.snapshot.observations(
            self.principal, metric["id"], area_kind="borough", breakdown=show
        )
        return rows.assign(name=rows["category"])

    def area_names(self, area_kind: str) -> dict[str, str]:
        """Area id to name, of one kind of area."""
        rows = self.snapshot.areas(self.principal, area_kind)
        return dict(zip(rows["area_id"], rows["name"], strict=True))

    def target(self, metric: dict[str, Any]) -> Target | None:
        """The target for a measure's newest figure."""
        points = self.points(metric)
        return target_for(self.profile.targets, metric["id"], points[-1] if points else None)

    def named_breakdowns(self, metrics: Iterable[dict[str, Any]]) -> list[str]:
        """The groups any of these measures can be shown by, in the order first declared."""
        seen = dict.fromkeys(name for metric in metrics for name in metric["breakdowns"])
        return [name for name in seen if self._may_see(name)]

    def _may_see(self, breakdown: str) -> bool:
        return breakdown not in ("school", "provider", "provision") or (
            "partner" in self.principal.tiers
        )


AREA_BREAKDOWNS = {
    "locality": "locality",
    "ward": "ward",
    "school": "school",
    "provider": "provider",
    "provision": "provider",
}
"""Breakdowns that are places or bodies, and the kind of area their rows are of."""
