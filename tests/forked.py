"""Work in processes of their own, forked from one that has already imported everything.

A script that calls `serve` answers requests, one JSON line each: first with the child's process
number, then with its exit status and what it printed. `Forked` is the other end of it. So a test
can kill a load or a publish at any moment and pays for its imports once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Done:
    """How a piece of work ended: exit status as `waitpid` gives it, and its output."""

    status: int
    out: str


class Forked:
    """Starts pieces of work; each runs in a fresh process."""

    def __init__(self, script: str) -> None:
        self._server = subprocess.Popen(
            [sys.executable, script], cwd=ROOT, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def begin(self, asked: dict[str, str]) -> int:
        """Start one; returns its process number."""
        assert self._server.stdin is not None and self._server.stdout is not None
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        return int(json.loads(self._server.stdout.readline())["pid"])

    def wait(self) -> Done:
        """Wait for the one started last."""
        assert self._server.stdout is not None
        return Done(**json.loads(self._server.stdout.readline()))

    def close(self) -> None:
        """Stop serving."""
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait(timeout=30)


def serve(work: Callable[[dict[str, str]], str]) -> None:
    """Answer requests until there are no more; `work` returns what to print."""
    for line in sys.stdin:
        heard, said = os.pipe()
        pid = os.fork()
        if pid == 0:
            _child(work, json.loads(line), said)
        os.close(said)
        _tell({"pid": pid})
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with os.fdopen(heard) as pipe:
            _tell({"status": status, "out": pipe.read()})


def _tell(answer: dict[str, int | str]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _child(work: Callable[[dict[str, str]], str], asked: dict[str, str], said: int) -> None:
    os.dup2(said, 1)
    os.dup2(said, 2)
    status = 1
    try:
        sys.stdout.write(work(asked))
        status = 0
    except Exception as error:
        sys.stdout.write(f"{type(error).__name__}: {error}")
    finally:
        sys.stdout.flush()
        os._exit(status)
