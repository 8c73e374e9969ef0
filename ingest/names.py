"""Names of files as people may see them: no character that a terminal would obey."""

from __future__ import annotations

LONGEST = 200


def shown(name: str) -> str:
    """The name with control characters, marks of direction and broken bytes written out.

    A name may come from an archive or a sheet, so it is data, and it may be very long.
    """
    plain = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}…"
