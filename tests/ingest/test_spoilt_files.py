"""A few dozen spoilt files of the benchmark's ten thousand: no traceback, rows conserved."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_spoilt_files_are_taken_row_by_row_or_named(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/fuzz.py", "--files", "40", "--seed", "7"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path), "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "40 spoilt files in 1 loads" in done.stdout and "faults: 0" in done.stdout
