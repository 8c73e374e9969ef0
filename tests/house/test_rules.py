"""Rules of the house that no linter knows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".py", ".sql", ".md", ".toml", ".yaml", ".yml", ".css", ".csv", ".lock", ".sh", ""}


def tracked_text() -> dict[str, str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    paths = [ROOT / line for line in listed]
    return {
        str(p.relative_to(ROOT)): p.read_text(encoding="utf-8")
        for p in paths
        if p.is_file() and p.suffix in TEXT and p.stat().st_size < 1_000_000
    }


def offenders(pattern: str, *, but: tuple[str, ...] = ()) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{name}:{number}"
        for name, text in tracked_text().items()
        if name not in but and name != "tests/house/test_rules.py"
        for number, line in enumerate(text.splitlines(), start=1)
        if wanted.search(line)
    ]


def test_no_lock_but_the_hashed_one():
    assert not (ROOT / "uv.lock").exists()
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock
    assert not re.search(r"https?://|index-url|find-links", lock)


def test_every_pin_has_a_hash():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9][^\n]*==[^\n]*\\\n((?:    [^\n]*\n)+)", lock, re.MULTILINE)
    assert len(pins) > 50
    assert all("--hash=sha256:" in block for block in pins)


def test_no_path_of_one_machine():
    assert offenders(r"(?<![\w.])/(work|farm|root|home|Users)/\w") == []


def test_no_package_is_banned():
    banned = r"(statsforecast|lifelines|acro|pm4py|scikit-survival|dash-auth)=="
    assert not re.search(banned, (ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_charts_come_from_the_one_factory():
    used = offenders(r"dcc\.Graph\(")
    assert [u for u in used if not u.startswith("components/")] == []


@pytest.mark.parametrize("heavy", ["great_expectations", "statsmodels", "splink", "ingest"])
def test_web_process_stays_light(heavy: str):
    code = f"import app, sys; sys.exit('{heavy}' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"importing app also imports {heavy}: {done.stderr[-500:]}"


def test_walls_hold():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(linter)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
