"""One small synthetic borough, taken through the whole thread once for all tests that need it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "data"
SCALE = 0.08

# Where a run decides, the same cases are tried each time; elsewhere new ones are looked for.
hypothesis_settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis_settings.register_profile("home", deadline=None)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") == "true" else "home")


def run_semh(home: Path, *words: str, timeout: int = 300) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from cli import main; main()", *words],
        cwd=ROOT,
        env={**os.environ, "SEMH_HOME": str(home), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=timeout,
    )


@pytest.fixture(scope="session")
def semh():
    """The command, as a function of a home folder and words."""
    return run_semh


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real published files, or a skip that says where it was looked for."""
    if not REAL.is_dir():
        pytest.skip("the published files are not at ../shared/data")
    return REAL


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with a small synthetic borough loaded, measured and published."""
    home = tmp_path_factory.mktemp("demo") / "home"
    done = run_semh(home, "demo", "--no-serve", "--scale", str(SCALE))
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return home
