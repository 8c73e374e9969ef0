"""Real published statistics: recognised by their columns, read by rule, kept with their symbols."""

from __future__ import annotations

from ingest.published.loader import load_published
from ingest.published.readers import PUBLISHED_READERS
from ingest.published.refusal import why_not

__all__ = ["PUBLISHED_READERS", "load_published", "why_not"]
