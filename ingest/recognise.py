"""Which extract a table is: told by its columns, never by its name."""

from __future__ import annotations

from ingest.aliases import Aliases
from models.extract import Extract
from models.extracts import EXTRACTS

PLAIN = Aliases()


def recognise(columns: tuple[str, ...], aliases: Aliases = PLAIN) -> type[Extract] | None:
    """The contract whose telling columns are all there, the most telling first.

    A contract's own spelling of its columns tells more than a supplier's.
    """
    own = {name.lower() for name in columns}

    def how_telling(contract: type[Extract]) -> tuple[int, int]:
        return len(contract.recognised_by), len(own & set(contract.recognised_by))

    fits = [
        contract
        for contract in EXTRACTS.values()
        if set(aliases.named(contract, columns)).issuperset(contract.recognised_by)
    ]
    return max(fits, key=how_telling, default=None)


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
