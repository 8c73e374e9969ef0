"""The walls of the two modules that import-linter cannot take: app.py and cli.py."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = {"models", "data", "ingest", "metrics", "publish", "pages", "components", "reports"}
ROOMS |= {"expectations", "commands", "app", "cli", "scenarios", "state"}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name for name in names if name.split(".")[0] in ROOMS}


def test_the_app_reaches_only_the_web_side():
    rooms = {name.split(".")[0] for name in imported(ROOT / "app.py")}
    assert rooms == {"models", "components", "pages"}


def test_nothing_imports_the_app_but_the_command_line():
    users = {
        str(path.relative_to(ROOT))
        for room in ROOMS - {"app", "cli", "commands"}
        for path in (ROOT / room).rglob("*.py")
        if {name.split(".")[0] for name in imported(path)} & {"app", "cli", "commands"}
    }
    assert users == set()


def test_the_web_side_reads_the_snapshot_and_no_more_of_publishing():
    reached = {
        name
        for room in ("pages", "components")
        for path in (ROOT / room).rglob("*.py")
        for name in imported(path)
        if name.startswith("publish")
    }
    assert reached == {"publish.snapshot", "publish.outlook"}
