"""The attack on a published snapshot, from outside: what could each reader work out?

Reads only what a reader of each tier can, through the same door, and knows nothing of how the
figures were protected. It works out for itself which figures add up to which, from the periods
where all are shown, and computes the tightest interval of every withheld count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from models.borough import Borough
from models.observation import Tier
from models.principal import Principal
from models.settings import Settings
from publish.outsider import Finding, attack_metric, plain_faults
from publish.snapshot import Snapshot, live_path


@dataclass(frozen=True)
class TierAudit:
    """What one audience reads and could work out. `narrowest` is a width; None if none hidden."""

    tier: str
    published: int
    hidden: int
    attacked: int
    narrowest: float | None


@dataclass(frozen=True)
class AuditReport:
    """The audit of one snapshot: what each audience could do, and every failure in words."""

    snapshot_id: str
    tiers: list[TierAudit] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing withheld could be worked out."""
        return not self.failures

    def lines(self) -> list[str]:
        """The report in words, one line per audience and per failure."""
        said = [f"Snapshot {self.snapshot_id}"]
        for t in self.tiers:
            width = "none" if t.narrowest is None else f"{t.narrowest:g} wide"
            said.append(
                f"{t.tier}: {t.published:,} figures published, {t.hidden:,} withheld,"
                f" {t.attacked:,} counts attacked; narrowest interval found that could be of"
                f" a small count: {width}"
            )
        return [*said, *(f"FAILED {words}" for words in self.failures)]

    def summary(self) -> dict[str, Any]:
        """The report as it is kept in the snapshot."""
        tiers = {t.tier: {k: v for k, v in vars(t).items() if k != "tier"} for t in self.tiers}
        return {"ok": self.ok, "tiers": tiers, "failures": len(self.failures)}


def audit_snapshot(settings: Settings) -> AuditReport:
    """Attack the live snapshot. Raises NoSnapshot when there is none that can be read."""
    return audit_file(live_path(settings.current.resolve()), settings.profile)


def audit_file(path: Path, profile: Borough) -> AuditReport:
    """Attack one snapshot file, once as each audience the profile has a threshold for."""
    snapshot = Snapshot(path)
    report = AuditReport(snapshot.id)
    for rule in profile.thresholds:
        reader = _reader(snapshot, rule.tier)
        report.tiers.append(_attack(snapshot, reader, rule.smallest, report.failures))
    return report


def _reader(snapshot: Snapshot, tier: Tier) -> Principal:
    """The strongest reader of a tier: every school and locality is theirs."""
    every = Principal("audit", Tier.PARTNER)
    schools = frozenset(snapshot.areas(every, "school")["area_id"])
    localities = frozenset(snapshot.areas(every, "locality")["area_id"])
    return Principal(f"audit as {tier}", tier, schools, localities)


def _attack(
    snapshot: Snapshot, reader: Principal, threshold: int, failures: list[str]
) -> TierAudit:
    areas = pd.concat([snapshot.areas(reader, k) for k in ("ward", "school")], ignore_index=True)
    published = hidden = 0
    found: list[Finding] = []
    for document in snapshot.metrics(reader):
        rows = snapshot.observations(reader, document["id"])
        numbers = rows["status"].isin(["ok", "low_base"])
        published += int(numbers.sum())
        hidden += int(rows["status"].eq("suppressed").sum())
        failures += [f"{reader.tier}: {w}" for w in plain_faults(document, rows, threshold)]
        found += attack_metric(document, rows, areas, threshold)
    failures += [f"{reader.tier}: {f.words}" for f in found if f.leak]
    widths = [f.width for f in found if f.low < threshold and f.high > 0]
    narrowest = float(np.min(widths)) if widths else None
    return TierAudit(str(reader.tier), published, hidden, len(found), narrowest)
