"""Which snapshot is live: reading, durable swapping, and what was live before."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from models.settings import Settings
from publish.errors import PublishError

SUFFIX = ".duckdb"
_STAMP = "%Y%m%dT%H%M%S%f"


def new_id(moment: datetime, content_hash: str) -> str:
    """`20260901T060000123Z-0123456789ab`: UTC to the millisecond, then the content's hash."""
    return f"{moment.astimezone(UTC).strftime(_STAMP)[:-3]}Z-{content_hash[:12]}"


def created_of(path: Path) -> datetime:
    """When a snapshot was made: from its name, else the file's own time."""
    try:
        text = path.stem.split("Z-")[0]
        return datetime.strptime(text.ljust(18, "0"), _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def files(folder: Path) -> list[Path]:
    """Every finished snapshot file, newest first. Unfinished ones start with a dot."""
    found = [p for p in folder.glob(f"*{SUFFIX}") if not p.name.startswith(".")]
    return sorted(found, key=lambda p: (created_of(p), p.name), reverse=True)


def named(settings: Settings, name: str) -> Path:
    """The one snapshot file of that id or beginning of one.

    Raises PublishError naming the snapshots there are, when it is not one of them.
    """
    found = [path for path in files(settings.published) if path.stem.startswith(name)]
    if len(found) != 1:
        many = "no" if not found else f"{len(found)}"
        known = ", ".join(path.stem for path in files(settings.published)[:5]) or "none"
        raise PublishError(
            f"There are {many} snapshots named {name!r}.", f"name one; the newest are: {known}"
        )
    return found[0]


def live_id(pointer: Path) -> str | None:
    """The id `current.json` names, or None when there is none that can be read."""
    try:
        return str(json.loads(pointer.read_text(encoding="utf-8"))["snapshot"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def swap(pointer: Path, snapshot_id: str) -> None:
    """Make a snapshot live: a reader sees the old pointer or the new one, never half of one."""
    fresh = pointer.with_name(f".{pointer.name}.{os.getpid()}.tmp")
    try:
        with fresh.open("w", encoding="utf-8") as handle:
            handle.write(json.dumps({"snapshot": snapshot_id}) + "\n")
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(fresh, pointer)
    finally:
        fresh.unlink(missing_ok=True)
    sync(pointer.parent)


def sync(path: Path) -> None:
    """Force a file, or on POSIX a folder's entries, to the disk."""
    if path.is_dir() and os.name == "nt":
        return
    flags = os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR
    number = os.open(path, flags)
    try:
        os.fsync(number)
    finally:
        os.close(number)
