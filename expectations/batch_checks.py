"""Every check of a batch, in the order people read them."""

from __future__ import annotations

from expectations.annex_a import ANNEX_A
from expectations.census import CENSUS
from expectations.check import Check
from expectations.freshness import FRESHNESS
from expectations.health import HEALTH
from expectations.local import LOCAL_CHECKS
from expectations.published import PUBLISHED_CHECKS
from expectations.sen2 import SEN2
from expectations.structure import STRUCTURE
from expectations.volumes import VOLUMES

CHECKS: tuple[Check, ...] = (
    *VOLUMES,
    *FRESHNESS,
    *CENSUS,
    *SEN2,
    *ANNEX_A,
    *HEALTH,
    *LOCAL_CHECKS,
    *STRUCTURE,
    *PUBLISHED_CHECKS,
)
