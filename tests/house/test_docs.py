"""The documents say what the program does: every verb, setting and shown command exists."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from models.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
VERBS = {command.name or command.callback.__name__ for command in app.registered_commands}


def shown_commands() -> list[str]:
    text = "\n".join(d.read_text(encoding="utf-8") for d in DOCUMENTS)
    return sorted(set(re.findall(r"\bsemh ([a-z]+(?:-[a-z]+)*)", text)) - {"metric", "figures"})


def test_every_verb_is_documented():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [v for v in VERBS if f"semh {v}" not in readme] == []


@pytest.mark.parametrize("verb", shown_commands())
def test_shown_commands_exist(verb: str):
    assert verb in VERBS


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_explains_itself(verb: str):
    shown = CliRunner().invoke(app, [verb, "--help"])
    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) > 4


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str):
    assert Settings.model_fields[name].description
    assert f"`SEMH_{name.upper()}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_linked_file_exists():
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).is_file(), f"{document.name} links to {target}"
