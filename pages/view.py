"""One reader's view of the live snapshot: lines of points, leading measures and comparators."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from typing import Any, TypeVar

import pandas as pd

from models.borough import Borough, Target
from models.principal import Principal
from pages.findings import Told, finding
from pages.memory import remember
from pages.national import KINDS, drawable, own_region
from pages.points import Point, settled, to_points
from pages.signals import judged_change, judged_line
from pages.statements import Change, change_of, target_for
from pages.words import plain_dates
from publish.snapshot import Snapshot

SIX = ("sufficiency", "pathways", "partnerships", "evidence", "workforce", "outcomes")
"""The six priorities in the order of the strategy; cost belongs to outcomes and value for money."""

# The measures that may stand for a priority, best first; else its first one with a figure.
_LEADS = {
    "demand": ("semh_pupils_share", "semh_ehc_plans"),
    "sufficiency": ("semh_educated_in_borough", "semh_places_filled", "waiting_for_a_place",
                    "semh_placed_within_10_miles", "all_educated_in_borough"),
    "pathways": ("camhs_wait_median", "ehc_plans_within_20_weeks", "camhs_still_waiting_18_weeks",
                 "camhs_waiting", "all_requests_overdue"),
    "partnerships": ("panel_decisions_on_time", "children_out_of_school",
                     "partner_returns_on_time", "panel_decision_days", "census_returned"),
    "evidence": ("reliable_improvement", "intervention_evidence_share", "intervention_coverage",
                 "intervention_sustained_6_months"),
    "workforce": ("trained_lead_share", "staff_confident", "caseload_per_worker",
                  "training_coverage"),
    "outcomes": ("semh_suspension_rate", "semh_persistent_absence", "good_year_share",
                 "semh_suspensions"),
    "cost": ("oob_cost_per_placement", "oob_spend", "oob_placements"),
}  # fmt: skip

Made = TypeVar("Made")


@lru_cache(maxsize=8)
def _profile(text: str) -> Borough:
    return Borough.model_validate(json.loads(text))


@dataclass(frozen=True)
class View:
    """What one reader sees of one snapshot."""

    snapshot: Snapshot
    principal: Principal

    def once(self, name: object, make: Callable[[], Made]) -> Made:
        """What `make` gives, worked out once for this snapshot and reader."""
        return remember(self.snapshot, self.principal, name, make)

    @property
    def info(self) -> dict[str, str]:
        """What is known of the snapshot itself."""
        return self.once("info", lambda: self.snapshot.info(self.principal))

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

    @property
    def metrics(self) -> list[dict[str, Any]]:
        """Every measure, in order."""
        return self.once("metrics", lambda: self.snapshot.metrics(self.principal))

    def metric(self, metric_id: str) -> dict[str, Any] | None:
        """One measure, or None where there is none of that id."""
        return next((m for m in self.metrics if m["id"] == metric_id), None)

    def of(self, *priorities: str) -> list[dict[str, Any]]:
        """The measures of these priorities, the leading one first."""
        mine = [m for m in self.metrics if m["priority"] in priorities]
        leads = [lead for name in priorities for lead in _LEADS.get(name, ())]
        return sorted(mine, key=lambda m: leads.index(m["id"]) if m["id"] in leads else len(leads))

    def lead(self, priority: str, *, named_only: bool = False) -> dict[str, Any] | None:
        """The measure that stands for a priority and has a newest figure to show, or None."""
        named = [m for name in _LEADS.get(priority, ()) if (m := self.metric(name))]
        both = named if named_only else [*named, *self.of(priority)]
        return next((m for m in both if self._newest_shown(m)), None)

    def key(self, priority: str, most: int) -> list[dict[str, Any]]:
        """The few measures that matter most to a priority, those with a newest figure first."""
        named = [m for name in _LEADS.get(priority, ()) if (m := self.metric(name))]
        return sorted(named, key=lambda m: not self._newest_shown(m))[:most]

    @property
    def leading_ids(self) -> list[str]:
        """The measures that matter most, of all priorities, best first."""
        rows = zip_longest(*_LEADS.values())
        return [name for row in rows for name in row if name]

    def _newest_shown(self, metric: dict[str, Any]) -> bool:
        points = self.points(metric)
        return bool(points) and points[-1].shown

    @property
    def _headlines(self) -> dict[str, list[Point]]:
        return self.once("headlines", self._read_headlines)

    def _read_headlines(self) -> dict[str, list[Point]]:
        rows = self.snapshot.headlines(self.principal)
        return {str(name): to_points(group) for name, group in rows.groupby("metric_id")}

    def why_not(self, metric: dict[str, Any]) -> str:
        """Why the newest figure is not available, as the measuring wrote it; empty if it is."""
        return self.once("why not", self._read_why_not).get(str(metric["id"]), "")

    def _read_why_not(self) -> dict[str, str]:
        rows = self.snapshot.headlines(self.principal)
        rows = rows.sort_values("period_start", kind="stable").groupby("metric_id").tail(1)
        rows = rows[rows["status"] == "not_available"]
        return dict(zip(rows["metric_id"].astype(str), rows["loads"].astype(str), strict=True))

    def points(self, metric: dict[str, Any]) -> list[Point]:
        """The borough's own finished periods of one measure, oldest first."""
        return settled(self._headlines.get(metric["id"], []), self.data_to)

    @property
    def _summaries(self) -> dict[str, dict[str, Any]]:
        return self.once("summaries", self._read_summaries)

    def _read_summaries(self) -> dict[str, dict[str, Any]]:
        rows = self.snapshot.signal_summary(self.principal)
        return {str(row["metric_id"]): row for row in rows.to_dict("records")}  # type: ignore[misc]

    def change(self, metric: dict[str, Any]) -> Change:
        """What the borough's line did: months and terms by the XmR rules, others in a year."""
        return self.once(("change", metric["id"]), lambda: self._change(metric))

    def _change(self, metric: dict[str, Any]) -> Change:
        points = self.points(metric)
        judged = judged_change(self._summaries.get(metric["id"]))
        newest = bool(points) and points[-1].shown
        return judged if judged and newest else change_of(points, metric)

    def signals(self, metric: dict[str, Any]) -> pd.DataFrame | None:
        """The XmR chart of the borough's months or terms, or None where there is none."""
        rows = self.snapshot.signals(self.principal, metric["id"])
        return judged_line(rows, str(metric["polarity"]))

    def signal_note(self, metric: dict[str, Any]) -> str:
        """How the limits were drawn; empty where there are none."""
        return str(self._summaries.get(metric["id"], {}).get("note") or "")

    def finding(self, metric: dict[str, Any] | None) -> str:
        """The measure's finding as a headline."""
        if metric is None:
            return finding(None, [])
        return finding(metric, self.points(metric), self.change(metric))

    def told(self, metric: dict[str, Any]) -> Told:
        """A measure with its line and how it was judged."""
        return metric, self.points(metric), self.change(metric)

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

    @property
    def data_words(self) -> str:
        """The last day the data reach, as people write it."""
        day = self.data_to
        return f"{day.day} {day:%B %Y}" if day else "be loaded"

    @property
    def series(self) -> pd.DataFrame:
        """Every published series, by id."""
        return self.once("series", self._series)

    def _series(self) -> pd.DataFrame:
        rows = self.snapshot.series(self.principal).set_index("series", drop=False)
        return rows.assign(source=rows["source"].map(plain_dates, na_action="ignore"))

    def series_id(self, name: str) -> str | None:
        """The id of a published series by its publisher's name for it, or None."""
        ids = [str(i) for i in self.series.index]
        return next((i for i in ids if i == name or i.endswith(f".{name}")), None)

    def series_words(self, series_id: str) -> dict[str, Any]:
        """Title, unit, decimals, polarity and source of a published series."""
        row = self.series.loc[series_id].fillna("").to_dict()
        decimals = row["decimals"]
        return {str(k): v for k, v in row.items()} | {"decimals": 1 if decimals == "" else decimals}

    def published_rows(self, series_id: str, category: str = "all") -> pd.DataFrame:
        """A published series for the places compared: here, neighbours, own region, England."""
        rows = self.snapshot.published(
            self.principal, series=series_id, area_kinds=KINDS, category=category
        )
        if category == "all":
            rows = rows[rows["breakdown"] == "all"]
        return own_region(rows, self.profile.region_code)

    def published(self, metric: dict[str, Any]) -> pd.DataFrame:
        """The published series that means the same, for the places compared; else no rows."""
        return self.once(("published", metric["id"]), lambda: self._published(metric))

    def _published(self, metric: dict[str, Any]) -> pd.DataFrame:
        same = metric.get("comparator") or {}
        series_id = self.series_id(str(same.get("series", "")))
        if series_id is None:
            return NO_ROWS
        return self.published_rows(series_id, str(same.get("category", "all")))

    def england(self, metric: dict[str, Any]) -> tuple[str, float] | None:
        """England's newest figure of the same thing, with its period; None where none is."""
        return self.once(("england", metric["id"]), lambda: self._england(metric))

    def _england(self, metric: dict[str, Any]) -> tuple[str, float] | None:
        rows = self.published(metric)
        if rows.empty:
            return None
        rows = rows[(rows["area_kind"] == "country") & drawable(rows)]
        if rows.empty:
            return None
        last = rows.sort_values("period_start").iloc[-1]
        return str(last["period_label"]), float(last["value"])

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


NO_ROWS = pd.DataFrame({"area_kind": pd.Series(dtype="str"), "value": pd.Series(dtype="float")})
"""A published series of which there is nothing."""

AREA_BREAKDOWNS = {
    "locality": "locality",
    "ward": "ward",
    "school": "school",
    "provider": "provider",
    "provision": "provider",
}
"""Breakdowns that are places or bodies, and the kind of area their rows are of."""
