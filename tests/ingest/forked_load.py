"""Loading in processes of their own; see `tests.forked`.

A request is `{"home": …, "folder": …, "before": code}`.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.forked import Done, Forked, serve


class Loader(Forked):
    """Starts loads; each runs in a fresh process."""

    def __init__(self) -> None:
        super().__init__(__file__)

    def start(self, home: Path, folder: Path, before: str = "") -> int:
        """Start one; returns its process number."""
        return self.begin({"home": str(home), "folder": str(folder), "before": before})

    def run(self, home: Path, folder: Path, before: str = "") -> Done:
        """Start one and wait for it."""
        self.start(home, folder, before)
        return self.wait()


def _load(asked: dict[str, str]) -> str:
    from ingest import pipeline
    from models.settings import Settings

    exec(asked["before"], {"pipeline": pipeline, "os": os})
    report = pipeline.load_paths(Settings(home=Path(asked["home"])), [Path(asked["folder"])])
    return f"{len(report.loads)} loads"


if __name__ == "__main__":
    import expectations.run
    import ingest.pipeline  # noqa: F401

    expectations.run._great_expectations()
    serve(_load)
