"""The attack on a published snapshot, from outside: what could each reader work out?

Reads only what a reader of each tier can, through the same door, and knows nothing of how the
figures were protected. It works out for itself which figures add up to which, from the periods
where all are shown, and computes the tightest interval of every withheld count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from models.borough import Borough
from models.observation import Tier
from models.principal import Principal
from models.settings import Settings
from publish.check import altered, readable
from publish.founded import unfounded
from publish.heads import attack_as_heads
from publish.outsider import Attack, Rules, attack
from publish.pointer import files
from publish.releases import across_releases, areas_of
from publish.snapshot import Snapshot, live_path


@dataclass(frozen=True)
class TierAudit:
    """What one audience reads and could work out. `narrowest` is a width; None if none hidden.

    `narrowest_sum` is of withheld pounds, as a share of the most each may be.
    """

    tier: str
    published: int
    hidden: int
    attacked: int
    narrowest: float | None
    narrowest_sum: float | None = None


@dataclass(frozen=True)
class AuditReport:
    """The audit of one snapshot: what each audience could do, and every failure in words."""

    snapshot_id: str
    tiers: list[TierAudit] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    told: list[pd.DataFrame] = field(default_factory=list)

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
            if t.narrowest_sum is not None:
                said.append(
                    f"{t.tier}: narrowest of withheld pounds: {t.narrowest_sum:.0%} of the most"
                )
        return [*said, *(f"FAILED {words}" for words in self.failures)]

    def summary(self) -> dict[str, Any]:
        """The report as it is kept in the snapshot."""
        tiers = {t.tier: {k: v for k, v in vars(t).items() if k != "tier"} for t in self.tiers}
        return {"ok": self.ok, "tiers": tiers, "failures": len(self.failures)}


def audit_snapshot(settings: Settings) -> AuditReport:
    """Attack the live snapshot and those before it, and see that it is as it was published.

    Raises NoSnapshot when there is none that can be read.
    """
    path = live_path(settings.current.resolve())
    others = [p for p in files(settings.published) if p != path and readable(p)]
    report = audit_file(path, settings.profile, others, alone=True)
    report.failures.extend(altered(path))
    report.failures.extend(unfounded(path))
    return report


def audit_file(
    path: Path, profile: Borough, others: Sequence[Path] = (), *, alone: bool = False
) -> AuditReport:
    """Attack one snapshot file, once as each audience the profile has a threshold for.

    `others` are releases that readers have seen, newest first: what they show is used against this
    one, and what this one shows against them. With `alone`, each of them is also held to today's
    thresholds by itself.
    """
    snapshot = Snapshot(path)
    report = AuditReport(snapshot.id)
    rules = {rule.tier.value: rule for rule in profile.thresholds}
    done: list[tuple[pd.DataFrame, int, Attack]] = []
    for rule in profile.thresholds:
        reader, own = _reader(snapshot, rule.tier)
        rows = snapshot.release(reader)
        found = _again(done, rows, rule.smallest)
        if found is None:
            found = _attack(snapshot, reader, rows, rules)
            with_others = across_releases(snapshot, others, reader, (profile, rules), alone=alone)
            known = found.leaks + with_others
            found = replace(found, leaks=list(dict.fromkeys(known)))
        done.append((rows, rule.smallest, found))
        found = replace(found, leaks=found.leaks + _as_heads(snapshot, reader, rows, own, rules))
        report.told.append(found.told)
        report.tiers.append(_summed_up(rule.tier, pd.concat([rows, own]), found))
        report.failures.extend(f"{rule.tier}: {words}" for words in found.leaks)
    return report


def _again(
    done: list[tuple[pd.DataFrame, int, Attack]], rows: pd.DataFrame, smallest: int
) -> Attack | None:
    """What was found for an audience that reads just the same."""
    same = (a for before, limit, a in done if limit == smallest and before.equals(rows))
    return next(same, None)


def _attack(snapshot: Snapshot, reader: Principal, rows: pd.DataFrame, rules: Rules) -> Attack:
    return attack(rows, snapshot.metrics(reader), areas_of(snapshot, reader), rules)


def _as_heads(
    snapshot: Snapshot, reader: Principal, rows: pd.DataFrame, own: pd.DataFrame, rules: Rules
) -> list[str]:
    if own.empty:
        return []
    areas = areas_of(snapshot, reader)
    return attack_as_heads(rows, own, snapshot.metrics(reader), areas, rules)


def _summed_up(tier: Tier, rows: pd.DataFrame, found: Attack) -> TierAudit:
    return TierAudit(
        str(tier),
        published=int(rows["status"].isin(["ok", "low_base"]).sum()),
        hidden=int(rows["status"].eq("suppressed").sum()),
        attacked=found.attacked,
        narrowest=found.narrowest,
        narrowest_sum=found.narrowest_sum,
    )


def _reader(snapshot: Snapshot, tier: Tier) -> tuple[Principal, pd.DataFrame]:
    """The strongest reader of a tier, and the exact rows that each of its heads reads some of.

    Nobody reads all of those: beside them a head reads what a partner does.
    """
    every = Principal("audit", Tier.PARTNER)
    schools = frozenset(snapshot.areas(every, "school")["area_id"])
    localities = frozenset(snapshot.areas(every, "locality")["area_id"])
    reader = Principal(f"audit as {tier}", tier, schools, localities)
    rows = snapshot.release(reader)
    own = rows[rows["tier"].eq(Tier.RESTRICTED)]
    return (replace(reader, tier=Tier.PARTNER) if len(own) else reader), own
