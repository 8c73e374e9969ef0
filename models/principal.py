"""Who is asking. Every query takes a Principal; none has a default."""

from __future__ import annotations

from dataclasses import dataclass

from models.observation import Tier

_REACH = {
    Tier.OPEN: (Tier.OPEN,),
    Tier.PARTNER: (Tier.OPEN, Tier.PARTNER),
    Tier.RESTRICTED: (Tier.OPEN, Tier.PARTNER, Tier.RESTRICTED),
}


@dataclass(frozen=True)
class Principal:
    """A reader: what they are called on screen, the tier they reach, and whose data is theirs.

    `schools` holds URNs and `localities` locality ids that belong to the reader. Restricted
    figures are readable only for those.
    """

    label: str
    tier: Tier
    schools: frozenset[str] = frozenset()
    localities: frozenset[str] = frozenset()

    @property
    def tiers(self) -> tuple[str, ...]:
        """Every tier this reader may read, most open first."""
        return tuple(tier.value for tier in _REACH[self.tier])


PUBLIC = Principal(label="the public", tier=Tier.OPEN)
