"""One style for all SQL: plain, lower case, short lines, fours for indents, commas at the end."""

import re
from pathlib import Path

import pytest
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.tokens import TokenType

from metrics.catalogue import ROOT
from metrics.measure.steps import FOLDER
from models.metric import PRIORITY_TITLES

FILES = [
    *(path for priority in PRIORITY_TITLES for path in sorted((ROOT / priority).glob("*.sql"))),
    *sorted(FOLDER.glob("*.sql")),
]
NAMES = {TokenType.VAR, TokenType.IDENTIFIER, TokenType.STRING, TokenType.NUMBER}
FRONT = re.compile(r"\A\s*/\*.*?\*/", re.DOTALL)


def queries(path):
    """The SQL of a file, without front matter and sentences, with the number of each line."""
    text = path.read_text(encoding="utf-8")
    front = FRONT.match(text)
    skipped = text.count("\n", 0, front.end()) if front else 0
    body = text[front.end() :] if front else text
    lines = list(enumerate(body.split("\n"), start=skipped + 1))
    return [(number, line) for number, line in lines if not line.startswith("--")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: Path(path).stem)
def test_it_is_written_in_the_one_style(path):
    lines = queries(path)
    wrong = [f"{n}: {why}" for n, line in lines for why, is_so in faults(line).items() if is_so]
    sql = "\n".join(line for _, line in lines)
    words = [
        sql[token.start : token.end + 1]
        for token in DuckDB().tokenize(sql)
        if token.token_type not in NAMES
    ]
    wrong += [f"{word}: words of SQL in lower case" for word in words if word != word.lower()]
    assert wrong == []
    assert path.read_text(encoding="utf-8").endswith("\n")


def faults(line):
    """What is wrong with one line, if it is so."""
    indent = len(line) - len(line.lstrip(" "))
    return {
        "longer than 100 characters": len(line) > 100,
        "a tab, or space at the end": "\t" in line or line != line.rstrip(),
        "indented by other than fours": indent % 4 != 0,
        "a comma at the start": line.lstrip().startswith(","),
        "a cast by two colons": "::" in line,
        "not equal is <>": "!=" in line,
        "a semicolon": line.rstrip().endswith(";"),
    }
