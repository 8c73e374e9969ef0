"""Which extract a table is: told by its columns, never by its name."""

from __future__ import annotations

from models.extract import Extract
from models.extracts import EXTRACTS


def recognise(columns: tuple[str, ...]) -> type[Extract] | None:
    """The contract whose telling columns are all there, the most telling first."""
    present = {name.lower() for name in columns}
    fits = [c for c in EXTRACTS.values() if present.issuperset(c.recognised_by)]
    return max(fits, key=lambda c: len(c.recognised_by), default=None)


def nearest(columns: tuple[str, ...]) -> str:
    """In words, the extract a table comes closest to and the telling columns it lacks."""
    present = {name.lower() for name in columns}

    def share(contract: type[Extract]) -> float:
        return len(present & set(contract.recognised_by)) / len(contract.recognised_by)

    best = max(EXTRACTS.values(), key=share)
    lacks = sorted(set(best.recognised_by) - present)
    if share(best) < 0.5:
        return "its layout is none that is known"
    return f"closest to {best.title}, but without {', '.join(lacks)}"
