"""My school beside similar ones: who they are, and what they show together; no league table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from models.codes import PHASE
from models.observation import Status
from pages.memory import remember
from pages.points import Point, settled, to_points
from pages.signals import funnel_of, place_in
from pages.view import View
from pages.words import is_share, sentence_case, short

NEAREST = 10
"""How many schools of the same phase, nearest in size, count as similar."""


@dataclass(frozen=True)
class School:
    """A school as the reader may name it."""

    urn: str
    name: str
    phase: str
    area_phase: str = ""


def schools(view: View) -> dict[str, School]:
    """Schools with figures that the reader may see by name, by URN; empty for the public.

    A setting that owes no return to the borough has none, and is left out.
    """
    return remember(view.snapshot, view.principal, "schools", lambda: _schools(view))


def _schools(view: View) -> dict[str, School]:
    rows = view.snapshot.areas(view.principal, "school").sort_values("name")
    if rows.empty:
        return {}
    known = _measured(view)
    return {
        str(row["area_id"]): School(
            str(row["area_id"]), str(row["name"]), _words(row["phase"]), _phase(row["phase"])
        )
        for row in rows.to_dict("records")
        if str(row["area_id"]) in known
    }


def _measured(view: View) -> set[str]:
    frames = [
        view.snapshot.observations(view.principal, m["id"], area_kind="school", breakdown="all")
        for m in measures(view)
    ]
    return {str(urn) for frame in frames for urn in frame["area_id"].unique()}


def _phase(phase: Any) -> str:
    return "" if phase is None or pd.isna(phase) else str(phase)


def measures(view: View) -> list[dict[str, Any]]:
    """Measures that have figures for schools."""
    return [m for m in view.metrics if "school" in m["breakdowns"]]


def _words(phase: Any) -> str:
    """A phase in words; the register may hold the code."""
    text = _phase(phase)
    return PHASE.get(text, text).capitalize()


@dataclass(frozen=True)
class Beside:
    """One measure of one school: its place in the funnel of its phase, and what similar ones show.

    `verdict` is higher or lower (outside 99.8 %), edge (outside 95 %), within, or empty where
    there is no funnel.
    """

    metric: dict[str, Any]
    point: Point | None
    pooled: float | None
    verdict: str = ""

    @property
    def words(self) -> str:
        """How the school stands; nothing is claimed that chance may explain."""
        if self.point is None or self.point.value is None:
            return ""
        if self.metric["kind"] not in ("rate", "proportion", "ratio"):
            return "Not compared: larger schools have more"
        pooled = "" if self.pooled is None else f"similar schools {short(self.metric, self.pooled)}"
        said = [part for part in (_VERDICTS.get(self.verdict, ""), pooled) if part]
        return sentence_case("; ".join(said)) or "Too few schools to compare"

    @property
    def why_not(self) -> str:
        """Why there is no figure, in words a headteacher can act on; empty where there is one."""
        if self.point is None or self.point.status == Status.NOT_AVAILABLE:
            return (
                "Not returned: unknown, not zero. The school's return for this period is missing."
            )
        if self.point.value is None:
            return (
                "[c] Hidden: few children, here or in a school it could be worked out from."
                " The school's own records hold the figure."
            )
        return ""


_VERDICTS = {
    "higher": "Higher than chance explains",
    "lower": "Lower than chance explains",
    "edge": "At the edge of what chance explains",
    "within": "Within what chance explains",
}


def beside(view: View, metric: dict[str, Any], school: School, alike: set[str]) -> Beside:
    """The school's newest figure of one measure and that of the similar schools together."""
    rows = view.snapshot.observations(
        view.principal, metric["id"], area_kind="school", breakdown="all"
    )
    own = settled(to_points(rows[rows["area_id"] == school.urn]), view.data_to)
    if not own:
        return Beside(metric, None, None)
    same = rows[rows["area_id"].isin(alike) & (rows["period_start"].dt.date == own[-1].start)]
    found = funnel_of(view.snapshot.funnel(view.principal, metric["id"]), school.area_phase)
    return Beside(metric, own[-1], pooled(metric, same), place_in(found, school.urn))


def pooled(metric: dict[str, Any], rows: pd.DataFrame) -> float | None:
    """All of these schools' things over all their pupils; None below three schools with figures."""
    rows = rows[rows["numerator"].notna() & rows["denominator"].gt(0)]
    if len(rows) < 3 or metric["kind"] not in ("proportion", "rate", "ratio"):
        return None
    scale = 100.0 if is_share(metric) else float(metric["multiplier"])
    return float(scale * rows["numerator"].sum() / rows["denominator"].sum())


def similar_to(view: View, school: School) -> list[School]:
    """The schools of the same phase nearest in size, where size is known; else all of the phase."""
    known = schools(view)
    alike = [s for s in known.values() if s.phase == school.phase and s.urn != school.urn]
    sizes = rolls(view)
    if school.urn not in sizes:
        return alike
    sized = [s for s in alike if s.urn in sizes]
    return sorted(sized, key=lambda s: abs(sizes[s.urn] - sizes[school.urn]))[:NEAREST]


def rolls(view: View) -> dict[str, float]:
    """Pupils on roll by URN, from the newest figure that has them as its denominator."""
    return remember(view.snapshot, view.principal, "rolls", lambda: _rolls(view))


def _rolls(view: View) -> dict[str, float]:
    metric = view.metric("semh_pupils_share")
    if metric is None:
        return {}
    rows = view.snapshot.observations(
        view.principal, metric["id"], area_kind="school", breakdown="all"
    )
    rows = rows[rows["denominator"].notna()].drop_duplicates("area_id", keep="last")
    return dict(zip(rows["area_id"], rows["denominator"].astype(float), strict=True))
