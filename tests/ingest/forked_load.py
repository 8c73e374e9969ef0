"""Loading in processes of their own, forked from one that has already imported everything.

Run as a script it serves requests, one JSON line each: `{"home": …, "folder": …, "before": code}`;
it answers with the child's process number, then with its exit status and what it printed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Done:
    """How a load ended: exit status as `waitpid` gives it, and its output."""

    status: int
    out: str


class Loader:
    """Starts loads; each runs in a fresh process."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, __file__], cwd=ROOT, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def start(self, home: Path, folder: Path, before: str = "") -> int:
        """Start one; returns its process number."""
        assert self._server.stdin is not None and self._server.stdout is not None
        asked = {"home": str(home), "folder": str(folder), "before": before}
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        return int(json.loads(self._server.stdout.readline())["pid"])

    def wait(self) -> Done:
        """Wait for the one started last."""
        assert self._server.stdout is not None
        return Done(**json.loads(self._server.stdout.readline()))

    def run(self, home: Path, folder: Path, before: str = "") -> Done:
        """Start one and wait for it."""
        self.start(home, folder, before)
        return self.wait()

    def close(self) -> None:
        """Stop serving."""
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait(timeout=30)


def _serve() -> None:
    import expectations.run
    import ingest.pipeline  # noqa: F401

    expectations.run._great_expectations()
    for line in sys.stdin:
        asked = json.loads(line)
        heard, said = os.pipe()
        pid = os.fork()
        if pid == 0:
            _child(asked, said)
        os.close(said)
        sys.stdout.write(json.dumps({"pid": pid}) + "\n")
        sys.stdout.flush()
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with os.fdopen(heard) as pipe:
            sys.stdout.write(json.dumps({"status": status, "out": pipe.read()}) + "\n")
        sys.stdout.flush()


def _child(asked: dict[str, str], said: int) -> None:
    os.dup2(said, 1)
    os.dup2(said, 2)
    from ingest import pipeline
    from models.settings import Settings

    status = 1
    try:
        exec(asked["before"], {"pipeline": pipeline, "os": os})
        report = pipeline.load_paths(Settings(home=Path(asked["home"])), [Path(asked["folder"])])
        sys.stdout.write(f"{len(report.loads)} loads")
        status = 0
    except Exception as error:
        sys.stdout.write(f"{type(error).__name__}: {error}")
    finally:
        sys.stdout.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve()
