"""Which files there are under the paths given, and whether they are synthetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import BadFile
from ingest.names import shown

MARKER = "SYNTHETIC"
BESIDE = {MARKER, "truth.json"}
"""Files that stand beside a synthetic borough and are not extracts."""


@dataclass(frozen=True)
class Found:
    """A file to look at: where it is, what to call it, and whether its folder says synthetic."""

    path: Path
    name: str
    synthetic: bool


def discover(given: list[Path]) -> tuple[list[Found], list[BadFile]]:
    """Every file under the paths, folders walked to the bottom, and the paths that can't be read.

    Hidden files and the marker files of a synthetic borough are passed over.
    """
    found: dict[Path, Found] = {}
    bad = []
    for path in given:
        try:
            for one in _under(path):
                found.setdefault(one.path.resolve(), one)
        except BadFile as error:
            bad.append(error)
    return sorted(found.values(), key=lambda one: one.name), bad


def _under(path: Path) -> Iterator[Found]:
    if not path.exists():
        raise BadFile(shown(str(path)), "nothing there", "a file or folder", "check the path")
    if path.is_dir():
        yield from _walk(path, path, False, frozenset())
    else:
        yield Found(path, shown(path.name), (path.parent / MARKER).is_file())


def _walk(root: Path, folder: Path, synthetic: bool, above: frozenset[Path]) -> Iterator[Found]:
    synthetic = synthetic or (folder / MARKER).is_file()
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise BadFile(
            shown(str(folder)), error.strerror or "an unreadable folder",
            "a folder that can be read",
            "give yourself the right to read the folder, then load again",
        ) from error  # fmt: skip
    above |= {folder.resolve()}
    for path in inside:
        if path.name.startswith(".") or path.name in BESIDE:
            continue
        if not path.is_dir():
            yield Found(path, shown(path.relative_to(root).as_posix()), synthetic)
        elif path.resolve() not in above:  # a link back to a folder above would never end
            yield from _walk(root, path, synthetic, above)
