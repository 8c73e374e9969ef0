"""The open tier as files: tidy data with its metadata, a workbook, and the definitions."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from models.cells import tame
from models.errors import SemhError
from models.principal import PUBLIC
from models.settings import Settings
from publish.snapshot import Snapshot
from reports.open_data import dictionary, metadata, tidy
from reports.workbook import LEGEND, write_workbook

MARKER = "SYNTHETIC"
GUARANTEE = (
    "{rule} This holds for counts of children, and with those that are hidden go whatever a reader"
    " could use to work one out. A hidden number is marked c, never a guess and never 0."
)


def export(settings: Settings, out: Path) -> list[Path]:
    """Write the live snapshot's open figures under `out`; returns the files, in order.

    Each file is whole or not there. Raises NoSnapshot when nothing is published, SemhError when
    `out` can't be written.
    """
    snapshot = Snapshot.live(settings)
    data, words = tidy(snapshot, settings.profile), dictionary(snapshot)
    about = _about(snapshot, settings)
    title = f"{settings.profile.name}: children's social, emotional and mental health"
    try:
        out.mkdir(parents=True, exist_ok=True)
        made = [
            _csv(out / "semh_open_data.csv", data),
            _csv(out / "semh_open_data.meta.csv", metadata()),
            _csv(out / "semh_definitions.csv", words),
            _workbook(out / "semh_open_data.xlsx", data, words, about, title),
            _text(out / "about.txt", "\n\n".join([title, *about, *LEGEND])),
        ]
        return [*made, *_marked(out, snapshot)]
    except OSError as error:
        raise SemhError(
            f"{out} can't be written to: {error.strerror}.", "choose a folder you may write to"
        ) from error


def _about(snapshot: Snapshot, settings: Settings) -> list[str]:
    info = snapshot.info(PUBLIC)
    profile = settings.profile
    about = [
        f"Figures behind the pages of {profile.long_name}'s {profile.strategy}.",
        GUARANTEE.format(rule=profile.threshold("open").words()),
        f"Snapshot {snapshot.id}; data to {info.get('data_to', 'not known')}.",
        f"Questions: {profile.contact}.",
    ]
    if info.get("synthetic") == "true":
        about.insert(
            0, "Synthetic data: made by a simulation. No figure here is about a real child."
        )
    return about


def _csv(path: Path, frame: pd.DataFrame) -> Path:
    def write(handle: Path) -> None:
        with handle.open("w", encoding="utf-8-sig", newline="") as text:
            writer = csv.writer(text, lineterminator="\r\n")
            writer.writerow(frame.columns)
            writer.writerows(frame.map(tame).itertuples(index=False, name=None))

    return whole(path, write)


def _workbook(path: Path, data: pd.DataFrame, words: pd.DataFrame, about: list[str], title: str
              ) -> Path:  # fmt: skip
    return whole(path, lambda handle: write_workbook(handle, data, words, about, title))


def _text(path: Path, words: str) -> Path:
    return whole(path, lambda handle: handle.write_text(words + "\n", encoding="utf-8") and None)


def _marked(out: Path, snapshot: Snapshot) -> list[Path]:
    if snapshot.info(PUBLIC).get("synthetic") != "true":
        return []
    return [_text(out / MARKER, "Every local figure in this folder was made by a simulation.")]


def whole(path: Path, write: Callable[[Path], object]) -> Path:
    """Write beside it under another name first, so that a file is whole or not there."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        write(fresh)
        fresh.chmod(0o644)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    return path
